package import FleetBase
package import FleetEvents
import FleetLedger
import Synchronization

/// How queues stand, as they told last. Those of this process tell of every change; of those of other processes the feed
/// has why tasks wait.
package final class QueueBoard: Sendable {
    /// How a queue stood at a moment.
    package struct Told: Sendable, Hashable {
        package let state: Event.QueueState
        package let time: Timestamp
    }

    private let states = Mutex<[RunID: Told]>([:])

    package init() {}

    /// - Returns: whether the event says something that people are shown.
    package func note(_ event: Event) -> Bool {
        guard let run = event.run else { return event.kind.isDurable }
        switch event.kind {
        case .queue(let state):
            return states.withLock { $0.updateValue(Told(state: state, time: event.time), forKey: run)?.state != state }
        case .runEnded: states.withLock { $0[run] = nil }
        default: break
        }
        return event.kind.isDurable
    }

    /// The latest that is known of the queue of a run, in whichever process.
    func latest(of run: RunID, _ service: FleetService) async throws -> Told? {
        let heard = states.withLock { $0[run] }
        let kept = try await service.bus.feed?.queue(of: run).map { Told(state: $0.state, time: $0.time) }
        guard let heard, let kept else { return heard ?? kept }
        return heard.time >= kept.time ? heard : kept
    }
}
