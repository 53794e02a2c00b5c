import FleetBase
import FleetEvents
import FleetService
import FleetTerminal
import FleetViews

/// Shows the events of the command's own operation: notes always, and the progress of the operation on a terminal.
struct EventView: Sendable {
    /// What is quicker needs no words.
    private static let moment = Duration.milliseconds(500)

    private let console: Console
    private let printsEvents: Bool
    /// Whether a person wants to know the names of runs.
    private let tellsRuns: Bool

    init(_ console: Console, printsEvents: Bool, tellsRuns: Bool = true) {
        (self.console, self.printsEvents, self.tellsRuns) = (console, printsEvents, tellsRuns)
    }

    private struct Trouble: Hashable {
        let host: HostName
        let failure: Failure
    }

    /// What stands below the last line.
    private struct Progress {
        var hosts: HostProgress?
        var building: (step: Step, telling: Task<Void, any Error>)?
        /// Hosts of a queue that are not there.
        var absent: Set<HostName> = []
        /// What hosts themselves have failed with, which one warning tells.
        var told: Set<Trouble> = []
        /// The name of the operation.
        var operation = ""

        var isQueue: Bool { [TasksOperation.name, ResumeOperation.name].contains(operation) }
    }

    /// Shows events from now on until the operation has ended.
    func follow(_ operation: OperationID, on bus: EventBus) -> Task<Void, Never> {
        // Made here, before the operation starts, so that nothing is missed.
        let follower = bus.follow(durable: !printsEvents && !console.isLive)
        return Task {
            var progress = Progress()
            for await case .event(let event) in follower where event.operation == operation {
                if printsEvents { console.event(event) }
                await show(event, &progress)
                if case .operationEnded = event.kind { break }
            }
            progress.building?.telling.cancel()
            progress.hosts?.end()
            console.showProgress([])
        }
    }

    private func show(_ event: Event, _ progress: inout Progress) async {
        switch event.kind {
        case .operationStarted(let start):
            progress.operation = start.name
        case .note(let note):
            if let host = event.host { console.warnings([(host, note)]) } else { console.warning(note) }
        case .remark(let remark): console.note(remark)
        case .runStarted where tellsRuns: if let run = event.run { console.note(Message("run \(run)")) }
        case .hostReady, .failure, .attemptStarted, .attemptEnded, .queue: showQueue(event, &progress)
        case .hostsChosen(let names):
            progress.hosts?.end()
            progress.hosts = HostProgress(names.hosts, console)
        case .hostEnded: if let host = event.host { progress.hosts?.finished(host) }
        case .stepStarted(let step) where [.pack, .build].contains(step.name):
            // The build step of a package is a part of its packing.
            guard console.isLive, progress.building == nil, let name = step.subject else { return }
            let console = console
            let telling = Task {
                try await Task.sleep(for: Self.moment)
                let words = console.text(Message("building \(name)"))
                let start = ContinuousClock.now
                while !Task.isCancelled {
                    let seconds = Int((ContinuousClock.now - start).seconds)
                    console.showProgress([seconds < 2 ? "\(words) …" : "\(words) … \(seconds) s"])
                    try await Task.sleep(for: .seconds(1))
                }
            }
            progress.building = (step, telling)
        case .stepEnded(let end) where end.step == progress.building?.step:
            progress.building?.telling.cancel()
            _ = await progress.building?.telling.result
            progress.building = nil
            console.showProgress([])
        case .stepStarted(let step):
            if let host = event.host { progress.hosts?.does(step.name.words, on: host) }
        case .stepEnded: if let host = event.host { progress.hosts?.does(nil, on: host) }
        default: break
        }
    }

    /// Failures as they come, and a line of numbers.
    private func showQueue(_ event: Event, _ progress: inout Progress) {
        if progress.operation == AskOperation.name { return showAsking(event) }
        switch event.kind {
        case .hostReady(let ready):
            guard let host = event.host else { return }
            let words = Message("\(host): \(ready.slots) at once")
            if progress.absent.remove(host) != nil { console.note(words) } else { console.detail(words) }
        case .failure(let failure):
            guard let host = event.host, progress.absent.insert(host).inserted else { return }
            console.warnings([(host, failure.message)])
        case .attemptStarted:
            guard progress.isQueue, let task = event.task, let host = event.host else { return }
            console.detail(Message("\(task) starts on \(host)"))
        case .attemptEnded(let news):
            guard progress.isQueue, let task = event.task, let host = event.host, let failure = news.failure,
                news.state != .done, news.state != .cancelled
            else { return }
            guard failure.kind.fault == .host, news.exit == nil else {
                return console.warnings([(host, Message("\(task): \(failure.message)"))])
            }
            guard progress.told.insert(Trouble(host: host, failure: failure)).inserted else { return }
            console.warnings([(host, failure.message)])
        case .queue(let state):
            // The two would draw over each other.
            progress.hosts?.end()
            progress.hosts = nil
            showNumbers(of: state)
        default: break
        }
    }

    /// From which host a model is asked, and why another one is tried.
    private func showAsking(_ event: Event) {
        guard let host = event.host else { return }
        switch event.kind {
        case .attemptStarted: console.detail(Message("asking from \(host)"))
        case .failure(let failure): console.failures([(host, failure)])
        default: break
        }
    }

    private func showNumbers(of state: Event.QueueState) {
        guard console.isLive else { return }
        let (running, failed) = (state.running, state.failed)
        var parts = [console.text(Message("\(running) running"))]
        if failed > 0 { parts.append(console.text(Message("\(failed) failed"))) }
        parts += state.waiting.map { "\($0.count) \(console.text($0.reason))" }
        console.showProgress(["[\(state.done)/\(state.total)] " + parts.joined(separator: ", ")])
    }
}
