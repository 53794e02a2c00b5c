package import FleetEvents
package import FleetLedger
import Synchronization

/// How the queues of this process stand, as they told last: why tasks wait is in no ledger.
package final class QueueBoard: Sendable {
    private let states = Mutex<[RunID: Event.QueueState]>([:])

    /// - Returns: whether the event says something that pages show.
    package init() {}

    package func note(_ event: Event) -> Bool {
        guard let run = event.run else { return event.kind.isDurable }
        switch event.kind {
        case .queue(let state): return states.withLock { $0.updateValue(state, forKey: run) != state }
        case .runEnded: states.withLock { $0[run] = nil }
        default: break
        }
        return event.kind.isDurable
    }

    package subscript(run: RunID) -> Event.QueueState? { states.withLock { $0[run] } }
}
