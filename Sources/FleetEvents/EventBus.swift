import FleetBase
package import FleetLedger
import Synchronization

/// Takes the events of operations and gives them to everybody who listens.
///
/// `publish` never waits: not for the ledger, not for a listener. Durable events get their sequence from the feed, and
/// everybody hears of them after they were written down, in the order in which they were published; so what a listener
/// has heard of is there when he comes back. A listener who does not read costs nobody anything: what is kept for all is
/// bounded in bytes, and who falls off is told ``FollowedEvent/gap``.
package final class EventBus: Sendable {
    private struct State {
        var ring: EventRing
        /// Published, not yet written down.
        var pending: [Event] = []
        var pendingBytes = 0
        var isWriting = false
        /// Whether the writer writes the pending events at once.
        var isUrgent = false
        /// How many events were published, and how many of them are in the ring.
        var published = 0
        var written = 0
        /// The callers of `flush`, each with the number of events that must be in the ring first.
        var flushing: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        /// The ledger is not asked again before.
        var restsUntil: ContinuousClock.Instant?
        var listeners: [Int: @Sendable () -> Void] = [:]
        /// Those of them that want what is passing.
        var curious: Set<Int> = []
        var nextListener = 0
        var problem: LedgerError?
    }

    /// How long events are collected before they are written down.
    private static let moment = Duration.milliseconds(16)

    /// How long a ledger that did not answer is left alone.
    private static let rest = Duration.seconds(5)

    package let feed: EventFeed?
    private let capacity: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - feed: where durable events are kept; without one nothing is.
    ///   - capacity: how many bytes of events are kept for listeners.
    package init(feed: EventFeed? = nil, capacity: Int = 4 << 20) {
        self.feed = feed
        self.capacity = capacity
        state = Mutex(State(ring: EventRing(capacity: capacity)))
    }

    /// Why durable events are not kept; nil when they are.
    package var problem: LedgerError? { state.withLock(\.problem) }

    /// Whether anybody wants passing events now: those that cost work need not be made up otherwise.
    package var isHeard: Bool { state.withLock { !$0.curious.isEmpty } }

    package func publish(_ event: Event) {
        guard let feed else { return append([event]) }
        let mustWrite = state.withLock { state in
            // A ledger that stands still must not make the memory grow: what is passing may be missed.
            guard event.kind.isDurable || state.pendingBytes < capacity else { return false }
            state.pending.append(event)
            state.published += 1
            state.pendingBytes += event.size
            if case .operationEnded = event.kind { state.isUrgent = true }
            if state.pendingBytes > capacity / 2 { state.isUrgent = true }
            defer { state.isWriting = true }
            return !state.isWriting
        }
        guard mustWrite else { return }
        // Nobody's child: it must not be cancelled with the operation that published first.
        Task.detached { await self.write(to: feed) }
    }

    /// Waits until what was published is written down and in the ring.
    package func flush() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                guard state.written < state.published else { return true }
                state.isUrgent = true
                state.flushing.append((state.published, continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    // MARK: Writing

    /// One transaction for what is told within a moment: each costs more than its events. What ends an operation is not
    /// kept waiting, nor is who waits for everything to be written.
    private func write(to feed: EventFeed) async {
        while true {
            await collect()
            guard let batch = takePending() else { return }
            append(await kept(batch, in: feed))
            finish(batch.count)
        }
    }

    /// A ledger that does not answer is left alone for a while: nobody is kept from hearing for each batch anew.
    private func kept(_ batch: [Event], in feed: EventFeed) async -> [Event] {
        let durable = batch.filter(\.kind.isDurable)
        let rests = state.withLock { $0.restsUntil.map { $0 > .now } ?? false }
        guard !durable.isEmpty, !rests else { return batch }
        do throws(LedgerError) {
            var kept = try await feed.append(durable)[...]
            return batch.map { $0.kind.isDurable ? kept.removeFirst() : $0 }
        } catch {
            state.withLock { state in
                state.problem = state.problem ?? error
                state.restsUntil = .now + Self.rest
            }
            return batch
        }
    }

    private func collect() async {
        let end = ContinuousClock.now + Self.moment
        while ContinuousClock.now < end, state.withLock({ !$0.isUrgent && !$0.pending.isEmpty }) {
            try? await Task.sleep(for: Self.moment / 4)
        }
    }

    private func takePending() -> [Event]? {
        state.withLock { state in
            guard !state.pending.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { (state.pending, state.pendingBytes, state.isUrgent) = ([], 0, false) }
            return state.pending
        }
    }

    /// Wakes who waited for what is in the ring now; who came later waits for more, and in haste.
    private func finish(_ count: Int) {
        let done = state.withLock { state in
            state.written += count
            let done = state.flushing.filter { $0.count <= state.written }
            state.flushing.removeAll { $0.count <= state.written }
            if !state.flushing.isEmpty { state.isUrgent = true }
            return done
        }
        for waiter in done { waiter.continuation.resume() }
    }

    private func append(_ events: [Event]) {
        let listeners = state.withLock { state in
            for event in events { state.ring.append(event) }
            return Array(state.listeners.values)
        }
        for wake in listeners { wake() }
    }

    // MARK: Listening

    /// The events that this bus gets from now on; with a sequence, everything in the feed that came after it, without a
    /// hole between, from whichever process.
    ///
    /// - Parameters:
    ///   - sequence: what the listener has seen last. One of another ledger's feed gives a gap, and then all there is.
    ///   - durable: passing events are not wanted.
    package func follow(after sequence: EventSequence? = nil, durable: Bool = false) -> EventFollower {
        EventFollower(self, after: sequence, durable: durable)
    }

    /// - Parameter wake: called after each change, on the thread that made it: it must not block.
    func addListener(durable: Bool, _ wake: @escaping @Sendable () -> Void) -> (number: Int, place: Int) {
        state.withLock { state in
            if !durable { state.curious.insert(state.nextListener) }
            defer { state.nextListener += 1 }
            state.listeners[state.nextListener] = wake
            return (state.nextListener, state.ring.end)
        }
    }

    func removeListener(_ number: Int) {
        state.withLock { state in
            state.listeners[number] = nil
            state.curious.remove(number)
        }
    }

    /// - Returns: the events from a place on, and the place where they really begin.
    func events(from place: Int, atMost count: Int) -> (events: ArraySlice<Event>, place: Int) {
        state.withLock { state in
            let start = max(place, state.ring.first)
            return (state.ring.events(from: start, atMost: count), start)
        }
    }
}
