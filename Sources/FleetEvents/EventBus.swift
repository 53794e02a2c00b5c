import Dispatch
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
    struct State {
        var ring: EventRing
        var pending: PendingEvents
        /// What the ledger could not take.
        var lost: LostEvents?
        var writing = Writing.idle
        /// Whether the pending events are to be written at once.
        var isUrgent = false
        /// How many events were published, and how many of them are in the ring.
        var published = 0
        var written = 0
        /// The first and the last durable event of this bus that the ledger has taken.
        var oldest: EventSequence?
        var newest: EventSequence?
        /// The callers of `flush`, each with the number of events that must be in the ring first.
        var flushing: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        /// The ledger is not asked again before.
        var restsUntil: ContinuousClock.Instant?
        var listeners: [Int: @Sendable () -> Void] = [:]
        /// Those of them that want what is passing.
        var curious: Set<Int> = []
        var nextListener = 0
        var problem: LedgerError?

        /// Durable events that will not be in the ledger.
        mutating func lose(_ events: [Event]) {
            guard let event = events.first else { return }
            if lost == nil { lost = LostEvents(event) } else { lost?.add(1) }
            lost?.add(events.count - 1)
        }
    }

    enum Writing {
        case idle
        /// Events are collected for a moment; the number tells one moment from another.
        case collecting(Int)
        case writing
    }

    /// How long events are collected before they are written down: while somebody watches what passes, and otherwise.
    private static let moment: (watched: DispatchTimeInterval, unwatched: DispatchTimeInterval) = (
        .milliseconds(16), .milliseconds(64)
    )

    package let feed: EventFeed?
    let news: LedgerNews?
    private let capacity: Int
    /// How long a ledger that did not answer is left alone.
    private let rest: Duration
    let state: Mutex<State>

    /// - Parameters:
    ///   - feed: where durable events are kept; without one nothing is.
    ///   - capacity: how many bytes of events are kept for listeners.
    ///   - mostPending: with how many bytes of events that wait for the ledger durable ones are left out.
    ///   - rest: how long a ledger that did not answer is left alone.
    package init(
        feed: EventFeed? = nil, capacity: Int = 4 << 20, mostPending: Int = 16 << 20, rest: Duration = .seconds(5)
    ) {
        self.feed = feed
        news = feed.map { LedgerNews($0) }
        (self.capacity, self.rest) = (capacity, rest)
        state = Mutex(
            State(
                ring: EventRing(capacity: capacity),
                pending: PendingEvents(mostPassing: capacity, mostDurable: mostPending)))
    }

    /// Why durable events are not kept; nil when they are.
    package var problem: LedgerError? { state.withLock(\.problem) }

    /// Whether anybody wants passing events now: those that cost work need not be made up otherwise.
    package var isHeard: Bool { state.withLock { !$0.curious.isEmpty } }

    package func publish(_ event: Event) {
        guard let feed else { return append([event]) }
        let next = state.withLock { state -> Next in
            guard state.pending.append(event) else {
                if event.kind.isDurable { state.lose([event]) }
                return .nothing
            }
            state.published += 1
            if case .operationEnded = event.kind { state.isUrgent = true }
            if state.pending.size > capacity / 2 { state.isUrgent = true }
            return Self.next(&state)
        }
        begin(next, feed)
    }

    /// Waits until what was published is written down and in the ring.
    package func flush() async {
        guard let feed else { return }
        await withCheckedContinuation { continuation in
            let next = state.withLock { state -> Next? in
                guard state.written < state.published else { return nil }
                state.isUrgent = true
                state.flushing.append((state.published, continuation))
                return Self.next(&state)
            }
            if let next { begin(next, feed) } else { continuation.resume() }
        }
    }

    // MARK: Writing

    /// The caller's part in writing the pending events down; nothing, when another task is about to write them.
    private enum Next {
        case nothing
        case write
        case collect(Int)
    }

    /// One transaction for what is told within a moment: each costs more than its events. What ends an operation is not
    /// kept waiting, nor is who waits for everything to be written.
    private static func next(_ state: inout State) -> Next {
        if case .writing = state.writing { return .nothing }
        if state.isUrgent {
            state.writing = .writing
            return .write
        }
        if case .collecting = state.writing { return .nothing }
        state.writing = .collecting(state.published)
        return .collect(state.published)
    }

    private func begin(_ next: Next, _ feed: EventFeed) {
        switch next {
        case .nothing: return
        // Nobody's child: it must not be cancelled with the operation that published first.
        case .write: Task.detached { await self.write(to: feed) }
        case .collect(let number):
            let moment = isHeard ? Self.moment.watched : Self.moment.unwatched
            DispatchQueue.global().asyncAfter(deadline: .now() + moment) { self.momentPassed(number, feed) }
        }
    }

    private func momentPassed(_ number: Int, _ feed: EventFeed) {
        let isDue = state.withLock { state in
            guard case .collecting(number) = state.writing else { return false }
            state.writing = .writing
            return true
        }
        if isDue { begin(.write, feed) }
    }

    private func write(to feed: EventFeed) async {
        var next = Next.write
        while case .write = next {
            let (batch, hasGap) = takePending()
            append(await kept(batch, in: feed))
            if hasGap { append([nil]) }
            next = finish(batch.count)
        }
        begin(next, feed)
    }

    /// A ledger that does not answer is left alone for a while: nobody is kept from hearing for each batch anew. What it
    /// could not take is told in the feed as soon as it takes something again.
    private func kept(_ batch: [Event], in feed: EventFeed) async -> [Event] {
        let durable = batch.filter(\.kind.isDurable)
        guard !durable.isEmpty else { return batch }
        let (rests, lost) = state.withLock { state in
            let rests = state.restsUntil.map { $0 > .now } ?? false
            if rests { state.lose(durable) }
            return (rests, state.lost)
        }
        guard !rests else { return batch }
        let told = lost.map { [$0.note] } ?? []
        do throws(LedgerError) {
            var kept = try await feed.append(told + durable)[...]
            state.withLock { state in
                (state.problem, state.restsUntil) = (nil, nil)
                // More may have been lost meanwhile.
                if let lost { state.lost?.add(-lost.count) }
                if state.lost?.count == 0 { state.lost = nil }
            }
            let note = kept.prefix(told.count)
            kept = kept.dropFirst(told.count)
            return note + batch.map { $0.kind.isDurable ? kept.removeFirst() : $0 }
        } catch {
            state.withLock { state in
                state.problem = state.problem ?? error
                state.restsUntil = .now + rest
                state.lose(durable)
            }
            return batch
        }
    }

    private func takePending() -> (events: [Event], hasGap: Bool) {
        state.withLock { state in
            state.isUrgent = false
            return state.pending.take()
        }
    }

    /// Wakes who waited for what is in the ring now; who came later waits for more, and in haste.
    private func finish(_ count: Int) -> Next {
        let (done, next) = state.withLock { state in
            state.written += count
            let done = state.flushing.filter { $0.count <= state.written }
            state.flushing.removeAll { $0.count <= state.written }
            if !state.flushing.isEmpty { state.isUrgent = true }
            state.writing = .idle
            return (done, state.pending.isEmpty ? .nothing : Self.next(&state))
        }
        for waiter in done { waiter.continuation.resume() }
        return next
    }

    /// - Parameter events: nil where some were left out.
    private func append(_ events: [Event?]) {
        let listeners = state.withLock { state in
            for event in events {
                state.ring.append(event)
                guard let sequence = event?.sequence else { continue }
                state.oldest = state.oldest ?? sequence
                state.newest = sequence
            }
            return Array(state.listeners.values)
        }
        for wake in listeners { wake() }
    }
}
