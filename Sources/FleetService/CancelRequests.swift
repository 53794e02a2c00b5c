import FleetBase
import FleetEvents
import Synchronization

/// Hears in the feed that somebody else wants an operation cancelled.
///
/// A wish can come only after somebody has seen the operation's beginning in the feed. So this listens to the events of
/// its own process up to that beginning, and asks the ledger after each change by others from then on: nothing is missed
/// between. A wish of this process reaches the operation without the feed: ``FleetService/cancel(_:)``.
enum CancelRequests {
    /// - Parameters:
    ///   - begin: tells of the operation's beginning.
    ///   - cancel: called at the first wish.
    /// - Returns: what listens until it is cancelled.
    static func listen(
        for operation: OperationID, on bus: EventBus, begin: () -> Void, _ cancel: @escaping @Sendable () -> Void
    ) -> Task<Void, Never> {
        let own = bus.follow(durable: true)
        begin()
        // A task of its own: the listener goes with it.
        let beginning = Task { await Self.beginning(of: operation, own) }
        return Task {
            let sequence = await withTaskCancellationHandler {
                await beginning.value
            } onCancel: {
                beginning.cancel()
            }
            guard var place = sequence?.number else { return }
            for await _ in bus.changesByOthers() {
                // A ledger that can't be read now may be readable at the next change.
                guard let feed = bus.feed, let end = try? await feed.last(),
                    let isWanted = try? await feed.hasCancelRequest(for: operation, after: place)
                else { continue }
                if isWanted { return cancel() }
                place = max(place, end.number)
            }
        }
    }

    private static func beginning(of operation: OperationID, _ own: EventFollower) async -> EventSequence? {
        for await case .event(let event) in own where event.operation == operation { return event.sequence }
        return nil
    }
}

/// That an operation be cancelled: the wish may come before there is anything that hears it.
final class CancelWish: Sendable {
    private struct State {
        var hasCome = false
        var hear: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func come() {
        let hear = state.withLock { state in
            state.hasCome = true
            return state.hear
        }
        hear?()
    }

    func whenItComes(_ hear: @escaping @Sendable () -> Void) {
        let hasCome = state.withLock { state in
            state.hear = hear
            return state.hasCome
        }
        if hasCome { hear() }
    }
}
