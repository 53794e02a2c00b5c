import FleetBase
import FleetEvents

/// Events as a person wants to read them, each thing once.
struct ToldEvents {
    private struct Place: Hashable {
        let operation: OperationID
        let host: HostName
    }

    private let events: [Event]

    /// - Parameter events: in their order.
    init(_ events: [Event]) { self.events = events }

    /// Without the failure of a host that was told before, and without what an operation itself has given up, such as the
    /// probes of hosts that it needs no longer once one of them will do.
    var worthTelling: [Event] {
        var told: [Place: Set<Failure>] = [:]
        let failures = events.filter { event in Self.failure(event).map { !Self.isGivenUp($0) } ?? false }
        let failed = Set(failures.compactMap(Self.place))
        return events.filter { event in
            guard let place = Self.place(event) else { return true }
            if case .stepEnded(let end) = event.kind, end.state == .failed { return failed.contains(place) }
            guard let failure = Self.failure(event) else { return true }
            return !Self.isGivenUp(failure) && told[place, default: []].insert(failure).inserted
        }
    }

    private static func place(_ event: Event) -> Place? {
        event.host.map { Place(operation: event.operation, host: $0) }
    }

    private static func isGivenUp(_ failure: Failure) -> Bool { failure.kind == .cancelled }

    /// What an event says of a host as a whole.
    private static func failure(_ event: Event) -> Failure? {
        switch event.kind {
        case .hostAbsent(let failure), .failure(let failure): failure
        case .hostEnded(let end): end.failure
        default: nil
        }
    }
}
