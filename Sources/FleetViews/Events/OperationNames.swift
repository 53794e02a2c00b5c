package import FleetBase
package import FleetEvents

/// What operations are called, as their beginnings have told: an end says nothing without the name of its operation.
package struct OperationNames: Sendable {
    private var names: [OperationID: String] = [:]

    package init() {}

    /// - Parameter events: those that tell of beginnings count.
    package init(_ events: some Sequence<Event>) { for event in events { note(event) } }

    package mutating func note(_ event: Event) {
        guard case .operationStarted(let start) = event.kind else { return }
        note(start, of: event.operation)
    }

    package mutating func note(_ start: Event.OperationStart, of operation: OperationID) {
        names[operation] = ShownCommand(start.command ?? start.name).text
    }

    package subscript(operation: OperationID) -> String? { names[operation] }

    /// The event as a sentence for a person; see ``FleetEvents/Event/message``.
    package func message(of event: Event) -> Message {
        guard case .operationEnded = event.kind, let name = names[event.operation] else { return event.message }
        return Message("\(name): \(event.message)")
    }
}
