import FleetBase
import FleetEvents
import FleetLedger

extension FleetEvent {
    /// What an event says, by its kind.
    public enum Content: Sendable, Hashable {
        /// An operation began.
        case operationStarted(OperationStart)
        /// An operation has nothing more to do.
        case operationEnded(OperationEnd)
        /// Somebody wants the operation ended.
        case cancelRequested
        /// The names of the hosts that the operation works on.
        case hostsChosen([String])
        /// A connection is being opened.
        case hostConnecting
        /// The handshake and the login took so long.
        case hostConnected(milliseconds: Int64)
        /// Why the host did not answer or let nobody in.
        case hostAbsent(HostFailure)
        /// How many tasks the host takes at once.
        case hostReady(slots: Int)
        /// Why the host failed; nil when it did not.
        case hostEnded(HostFailure?)
        /// A part of an operation that takes its time began.
        case stepStarted(Step)
        /// That part ended.
        case stepEnded(StepEnd)
        /// How much of an input has gone to a host.
        case sent(Transfer)
        /// A run of so many tasks begins or goes on.
        case runStarted(tasks: Int)
        /// How a run has ended.
        case runEnded(RunState)
        /// How far a run is.
        case queue(Queue)
        /// An attempt waits for its host.
        case attemptQueued(Attempt)
        /// An attempt runs.
        case attemptStarted(Attempt)
        /// An attempt has ended.
        case attemptEnded(Attempt)
        /// Whole lines that a command or a worker wrote, without the end of the last. Who needs all of them takes
        /// ``FleetProject/Runs/logs(of:hosts:)``.
        case output(OutputStream, String)
        /// What a worker wrote to its file descriptor 3.
        case progress(JSON)
        /// A sentence in English that a person may like to read.
        case remark(String)
        /// A sentence in English that a person should read.
        case note(String)
        /// Something failed, and the operation goes on.
        case failure(HostFailure)
        /// Passing events were missed here.
        case gap
    }
}

extension FleetEvent.Content {
    init(_ kind: Event.Kind) {
        self =
            switch kind {
            case .operationStarted(let start): .operationStarted(Self.read(start))
            case .operationEnded(let end): .operationEnded(Self.read(end))
            case .cancelRequested: .cancelRequested
            case .hostsChosen(let names): .hostsChosen(names.hosts)
            case .hostConnecting: .hostConnecting
            case .hostConnected(let connection): .hostConnected(milliseconds: connection.milliseconds)
            case .hostAbsent(let failure): .hostAbsent(HostFailure(failure))
            case .hostReady(let ready): .hostReady(slots: ready.slots)
            case .hostEnded(let end): .hostEnded(end.failure.map(HostFailure.init))
            case .stepStarted(let step): .stepStarted(Self.read(step))
            case .stepEnded(let end): .stepEnded(Self.read(end))
            case .sent(let transfer): .sent(Self.read(transfer))
            case .runStarted(let start): .runStarted(tasks: start.tasks)
            case .runEnded(let end): .runEnded(Self.read(end.state))
            case .queue(let state): .queue(Self.read(state))
            case .attemptQueued(let news): .attemptQueued(FleetEvent.Attempt(news))
            case .attemptStarted(let news): .attemptStarted(FleetEvent.Attempt(news))
            case .attemptEnded(let news): .attemptEnded(FleetEvent.Attempt(news))
            case .output(let output): .output(Self.read(output.stream), output.text)
            case .progress(let value): .progress(JSON(value))
            case .remark(let message): .remark(message.text(in: .english))
            case .note(let message): .note(message.text(in: .english))
            case .failure(let failure): .failure(HostFailure(failure))
            }
    }

    private static func read<Value: Decodable>(_ detail: some Encodable) -> Value {
        do {
            return try Reading.value(of: detail)
        } catch {
            preconditionFailure("the public form of an event has what the event has: \(error)")
        }
    }
}

extension FleetEvent.Attempt {
    /// A method that only a newer fleet knows is none.
    fileprivate init(_ news: Event.AttemptNews) {
        guard let state = AttemptState(rawValue: news.state.rawValue) else {
            preconditionFailure("every state of an attempt is public")
        }
        (number, self.state, exit, milliseconds) = (news.number, state, news.exit, news.milliseconds)
        method = news.method.flatMap(RunMethod.init)
        failure = news.failure.map(HostFailure.init)
    }
}
