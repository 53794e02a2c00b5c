package import FleetBase
package import FleetLedger

/// Something that an operation has to tell: what it does, how far it is, what came of it.
package struct Event: Sendable, Hashable {
    /// Nil for a passing event, and for a durable one that no ledger has taken.
    package internal(set) var sequence: EventSequence?
    package let time: Timestamp
    package let operation: OperationID
    package let run: RunID?
    package let host: HostName?
    /// The task's name.
    package let task: String?
    package let kind: Kind

    package init(
        time: Timestamp = .now, operation: OperationID, run: RunID? = nil, host: HostName? = nil, task: String? = nil,
        _ kind: Kind
    ) {
        self.time = time
        self.operation = operation
        self.run = run
        self.host = host
        self.task = task
        self.kind = kind
    }
}

extension Event {
    package enum Kind: Sendable, Hashable {
        case operationStarted(OperationStart)
        case operationEnded(OperationEnd)
        /// Somebody wants the operation ended; who performs it hears it here.
        case cancelRequested
        /// On which hosts the operation works.
        case hostsChosen(HostNames)
        case hostConnecting
        case hostConnected(HostConnection)
        /// The host did not answer, or it let nobody in.
        case hostAbsent(Failure)
        /// The host takes tasks of a queue.
        case hostReady(HostReady)
        /// The operation has nothing more to do on the host.
        case hostEnded(HostEnd)
        case stepStarted(Step)
        case stepEnded(StepEnd)
        /// Passing.
        case sent(Transfer)
        /// A run is written down, and begins or goes on.
        case runStarted(RunStart)
        case runEnded(RunEnd)
        /// How far a run is. Passing, but for those that say anew why tasks wait: other programs see no queue but this.
        case queue(QueueState)
        case attemptQueued(AttemptNews)
        case attemptStarted(AttemptNews)
        case attemptEnded(AttemptNews)
        /// Passing: who needs all of the output reads the attempt's files.
        case output(Output)
        /// Passing: one line that a worker wrote to its file descriptor 3.
        case progress(JSONValue)
        /// A sentence that a person may like to read; a note is one that a person should read.
        case remark(Message)
        case note(Message)
        case failure(Failure)

        /// Whether the ledger keeps it.
        package var isDurable: Bool {
            switch self {
            case .queue(let state): state.isKept
            case .sent, .output, .progress: false
            default: true
            }
        }

        /// As JSON and the ledger have it.
        package var name: String {
            switch self {
            case .operationStarted: "operation-started"
            case .operationEnded: "operation-ended"
            case .cancelRequested: "cancel-requested"
            case .hostsChosen: "hosts-chosen"
            case .hostConnecting: "host-connecting"
            case .hostConnected: "host-connected"
            case .hostAbsent: "host-absent"
            case .hostReady: "host-ready"
            case .hostEnded: "host-ended"
            case .stepStarted: "step-started"
            case .stepEnded: "step-ended"
            case .sent: "sent"
            case .runStarted: "run-started"
            case .runEnded: "run-ended"
            case .queue: "queue"
            case .attemptQueued: "attempt-queued"
            case .attemptStarted: "attempt-started"
            case .attemptEnded: "attempt-ended"
            case .output: "output"
            case .progress: "progress"
            case .remark: "remark"
            case .note: "note"
            case .failure: "failure"
            }
        }
    }

    /// What was started, by whom.
    package struct OperationStart: Sendable, Hashable, Codable {
        /// Such as `push`.
        package let name: String
        /// As a person would type it; nil when no person did.
        @OrNull package var command: String?
        /// The process that performs it.
        package let process: Int32

        package init(name: String, command: String?, process: Int32) {
            (self.name, self.process) = (name, process)
            _command = OrNull(wrappedValue: command)
        }
    }

    package struct OperationEnd: Sendable, Hashable, Codable {
        package enum State: String, Sendable, Codable { case done, failed, cancelled }

        package let state: State
        /// How long it took.
        package let milliseconds: Int64

        package init(_ state: State, after duration: Duration) {
            (self.state, milliseconds) = (state, duration.milliseconds)
        }
    }

    package struct HostNames: Sendable, Hashable, Codable {
        package let hosts: [String]

        package init(_ hosts: [HostName]) { self.hosts = hosts.map(\.text) }
    }

    package struct HostReady: Sendable, Hashable, Codable {
        /// How many tasks it takes at once.
        package let slots: Int

        package init(slots: Int) { self.slots = slots }
    }

    package struct HostEnd: Sendable, Hashable, Codable {
        @OrNull package var failure: Failure?

        package init(_ failure: Failure?) { _failure = OrNull(wrappedValue: failure) }
    }

    package struct HostConnection: Sendable, Hashable, Codable {
        /// What the handshake and the login took.
        package let milliseconds: Int64

        package init(after duration: Duration) { milliseconds = duration.milliseconds }
    }

    /// How much of an input has gone to a host.
    package struct Transfer: Sendable, Hashable, Codable {
        package let bytes: Int64
        /// How much there is; nil when nobody knows.
        @OrNull package var of: Int64?

        package init(_ bytes: Int64, of total: Int64?) {
            self.bytes = bytes
            _of = OrNull(wrappedValue: total)
        }
    }

    package struct RunStart: Sendable, Hashable, Codable {
        package let tasks: Int

        package init(tasks: Int) { self.tasks = tasks }
    }

    package struct QueueState: Sendable, Hashable, Codable {
        package struct Waiting: Sendable, Hashable, Codable {
            package let reason: Message
            package let count: Int

            package init(reason: Message, count: Int) { (self.reason, self.count) = (reason, count) }
        }

        package let total: Int
        package let done: Int
        package let failed: Int
        package let running: Int
        /// Why the others wait, what holds for the most first.
        package let waiting: [Waiting]
        /// Whether the ledger keeps it.
        package var isKept = false

        private enum CodingKeys: CodingKey { case total, done, failed, running, waiting }

        package init(total: Int, done: Int, failed: Int, running: Int, waiting: [Waiting]) {
            (self.total, self.done, self.failed, self.running) = (total, done, failed, running)
            self.waiting = waiting
        }
    }

    package struct RunEnd: Sendable, Hashable, Codable {
        package let state: Run.State

        package init(_ state: Run.State) { self.state = state }
    }

    /// One try of a task.
    package struct AttemptNews: Sendable, Hashable, Codable {
        /// From 1.
        package let number: Int
        package let state: Attempt.State
        /// How the work is run: `native`, `docker` …
        @OrNull package var method: String?
        @OrNull package var exit: Int32?
        @OrNull package var milliseconds: Int64?
        @OrNull package var failure: Failure?

        package init(_ attempt: Attempt) {
            number = attempt.number
            state = attempt.state
            let ended = attempt.ended
            _method = OrNull(wrappedValue: attempt.method)
            _exit = OrNull(wrappedValue: attempt.exit)
            _failure = OrNull(wrappedValue: attempt.failure)
            _milliseconds = OrNull(
                wrappedValue: attempt.started.flatMap { start in ended?.duration(since: start).milliseconds })
        }
    }

    /// Whole lines that a command or a worker wrote.
    package struct Output: Sendable, Hashable, Codable {
        package enum Stream: String, Sendable, Codable { case output, error }

        package let stream: Stream
        package let text: String

        package init(_ stream: Stream, _ text: String) { (self.stream, self.text) = (stream, text) }
    }
}

extension Duration {
    package var milliseconds: Int64 {
        Int64(clamping: components.seconds) &* 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
