import FleetBase
import FleetEvents
import FleetService
import FleetTerminal
import FleetViews

/// Shows the events of the command's own operation: notes always, and its progress.
struct EventView: Sendable {
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

    /// What was said already.
    private struct Said {
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
            let progress = ProgressShow(console)
            let showing = Task { await progress.run() }
            var said = Said()
            for await case .event(let event) in follower where event.operation == operation {
                if printsEvents { console.event(event) }
                progress.note(event)
                show(event, &said)
                if case .operationEnded = event.kind { break }
            }
            showing.cancel()
            await showing.value
        }
    }

    private func show(_ event: Event, _ said: inout Said) {
        switch event.kind {
        case .operationStarted(let start): said.operation = start.name
        case .note(let note):
            if let host = event.host { console.warnings([(host, note)]) } else { console.warning(note) }
        case .remark(let remark): console.note(remark)
        case .runStarted where tellsRuns: if let run = event.run { console.note(Message("run \(run)")) }
        case .hostReady, .failure, .attemptStarted, .attemptEnded: showQueue(event, &said)
        default: break
        }
    }

    /// Failures as they come.
    private func showQueue(_ event: Event, _ said: inout Said) {
        if said.operation == AskOperation.name { return showAsking(event) }
        switch event.kind {
        case .hostReady(let ready):
            guard let host = event.host else { return }
            let words = Message("\(host): \(ready.slots) at once")
            if said.absent.remove(host) != nil { console.note(words) } else { console.detail(words) }
        case .failure(let failure):
            guard let host = event.host, said.absent.insert(host).inserted,
                !said.told.contains(Trouble(host: host, failure: failure))
            else { return }
            console.warnings([(host, failure.message)])
        case .attemptStarted:
            guard said.isQueue, let task = event.task, let host = event.host else { return }
            console.detail(Message("\(task) starts on \(host)"))
        case .attemptEnded(let news):
            guard said.isQueue, let task = event.task, let host = event.host, let failure = news.failure,
                news.state != .done, news.state != .cancelled
            else { return }
            guard failure.kind.fault == .host, news.exit == nil else {
                return console.warnings([(host, Message("\(task): \(failure.message)"))])
            }
            guard said.told.insert(Trouble(host: host, failure: failure)).inserted else { return }
            console.warnings([(host, failure.message)])
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
}
