import FleetBase

/// The events that were published and are not written down yet. A ledger that stands still must not make the memory grow: what is
/// passing may be missed at once, and what is durable once there is far too much of it.
struct PendingEvents {
    /// With how many bytes what is passing, and what is durable, is left out.
    private let most: (passing: Int, durable: Int)
    private var events: [Event] = []
    private(set) var size = 0
    /// Whether some were left out behind those that are here.
    private var hasGap = false

    init(mostPassing: Int, mostDurable: Int) { most = (mostPassing, mostDurable) }

    var isEmpty: Bool { events.isEmpty }

    /// - Returns: false when it was left out.
    mutating func append(_ event: Event) -> Bool {
        guard size < mostBytes(before: event) else {
            hasGap = true
            return false
        }
        events.append(event)
        size += event.size
        return true
    }

    /// An operation's end is waited for, and there is one of each.
    private func mostBytes(before event: Event) -> Int {
        if case .operationEnded = event.kind { return .max }
        return event.kind.isDurable ? most.durable : most.passing
    }

    /// Takes all that there is.
    ///
    /// - Returns: the events, and whether some were left out behind them.
    mutating func take() -> (events: [Event], hasGap: Bool) {
        defer { (events, size, hasGap) = ([], 0, false) }
        return (events, hasGap)
    }
}

/// Durable events that the ledger has not got, and nobody has told it yet.
struct LostEvents {
    private let first: Event
    private(set) var count: Int

    init(_ event: Event) { (first, count) = (event, 1) }

    mutating func add(_ events: Int) { count += events }

    /// The event that the feed has in place of those that were left out.
    var note: Event {
        Event(
            operation: first.operation,
            .note(Message("the ledger could not be written to: \(count) events are missing here")))
    }
}
