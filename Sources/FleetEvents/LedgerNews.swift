import FleetBase
import FleetLedger
import Synchronization

/// Tells the listeners of one bus that another process has written to the ledger.
///
/// The events of this process come through the ring. After a change of the ledger's files, one look at the ledger answers
/// for all listeners whether another process has made it.
final class LedgerNews: Sendable {
    private struct State {
        var watch: LedgerWatch?
        var listeners: [Int: @Sendable () -> Void] = [:]
        var next = 0
        var isLooking = false
        /// The files changed during the look.
        var isStale = false
        var known: EventFeed.OthersVersion?
    }

    private let feed: EventFeed
    private let state = Mutex(State())

    init(_ feed: EventFeed) { self.feed = feed }

    /// - Parameter wake: called after each change by another process, and perhaps without one: it must not block.
    /// - Returns: what ends it with ``remove(_:)``.
    func add(_ wake: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            defer { state.next += 1 }
            state.listeners[state.next] = wake
            if state.watch == nil { state.watch = feed.watch { [weak self] in self?.changed() } }
            return state.next
        }
    }

    func remove(_ number: Int) {
        state.withLock { state in
            state.listeners[number] = nil
            if state.listeners.isEmpty { state.watch = nil }
        }
    }

    private func changed() {
        let mustLook = state.withLock { state in
            guard !state.isLooking else {
                state.isStale = true
                return false
            }
            state.isLooking = true
            return true
        }
        if mustLook { Task.detached { await self.look() } }
    }

    private func look() async {
        var isStale = true
        while isStale {
            // A ledger that can't be read is news, too.
            let now = try? await feed.othersVersion()
            let (listeners, again) = state.withLock { state in
                defer { (state.known, state.isLooking, state.isStale) = (now, state.isStale, false) }
                let isNews = now == nil || now != state.known
                return (isNews ? Array(state.listeners.values) : [], state.isStale)
            }
            isStale = again
            for wake in listeners { wake() }
        }
    }
}
