import FleetBase
import FleetEvents
import FleetTerminal

/// What the command line shows of the events of its own operation: notes, and on a terminal how far it is.
struct EventView: Sendable {
    /// What is quicker needs no words.
    private static let moment = Duration.milliseconds(500)

    private let console: Console
    private let printsEvents: Bool

    init(_ console: Console, printsEvents: Bool) { (self.console, self.printsEvents) = (console, printsEvents) }

    /// What stands below the last line.
    private struct Progress {
        var hosts: HostProgress?
        var building: Task<Void, any Error>?
    }

    /// Shows events from now on until the operation has ended.
    func follow(_ operation: OperationID, on bus: EventBus) -> Task<Void, Never> {
        // Made here, before the operation starts, so that nothing is missed.
        let follower = bus.follow(durable: !printsEvents)
        return Task {
            var progress = Progress()
            for await case .event(let event) in follower where event.operation == operation {
                if printsEvents { console.event(event) }
                show(event, &progress)
                if case .operationEnded = event.kind { break }
            }
            progress.building?.cancel()
            console.showProgress([])
        }
    }

    private func show(_ event: Event, _ progress: inout Progress) {
        switch event.kind {
        case .note(let note):
            if let host = event.host { console.warnings([(host, note)]) } else { console.warning(note) }
        case .runStarted: if let run = event.run { console.note(Message("run \(run)")) }
        case .hostsChosen(let names): progress.hosts = HostProgress(names.hosts, console)
        case .hostEnded: if let host = event.host { progress.hosts?.finished(host) }
        case .stepStarted(let step) where step.name == .pack:
            guard console.isLive, let name = step.subject else { return }
            let console = console
            progress.building = Task {
                try await Task.sleep(for: Self.moment)
                console.showProgress(["\(console.text(Message("building \(name)"))) …"])
            }
        case .stepEnded(let end) where end.step.name == .pack:
            guard let building = progress.building else { return }
            building.cancel()
            progress.building = nil
            console.showProgress([])
        default: break
        }
    }
}
