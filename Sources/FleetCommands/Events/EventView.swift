import FleetBase
import FleetEvents
import FleetTerminal

/// What the command line shows of the events of its own operation.
struct EventView: Sendable {
    private let console: Console
    private let printsEvents: Bool

    init(_ console: Console, printsEvents: Bool) { (self.console, self.printsEvents) = (console, printsEvents) }

    /// Shows events from now on until the operation has ended.
    func follow(_ operation: OperationID, on bus: EventBus) -> Task<Void, Never> {
        // Made here, before the operation starts, so that nothing is missed.
        let follower = bus.follow()
        return Task {
            for await case .event(let event) in follower where event.operation == operation {
                if printsEvents { console.event(event) }
                if case .note(let message) = event.kind { show(message, of: event.host) }
                if case .operationEnded = event.kind { return }
            }
        }
    }

    private func show(_ note: Message, of host: HostName?) {
        if let host { console.warnings([(host, note)]) } else { console.warning(note) }
    }
}
