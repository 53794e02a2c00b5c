import FleetBase
import FleetLedger
import Synchronization

/// What a listener gets.
package enum FollowedEvent: Sendable, Hashable {
    case event(Event)
    /// Events were missed here: passing ones, and durable ones where the ledger can't be read or written to.
    case gap
}

/// One listener's way through the events: a place in what the bus keeps, and the number of the last durable event.
///
/// For one task at a time. What the ledger has and the bus has not, from before or from another process, is read from the
/// ledger in its turn.
package final class EventFollower: AsyncSequence, AsyncIteratorProtocol {
    private let bus: EventBus
    private let durable: Bool
    private let wake = WakeUp()
    private let listener: Int
    private let news: Int?
    /// The last durable event that was given or came before, for one who falls off and did not want the ledger before.
    private var seen: EventSequence?
    /// Whether the ledger could not be read the last time: one gap is enough.
    private var hasFailed = false
    /// Numbers after the last event's that were given meanwhile: what others have written between comes later.
    private var early: Set<Int64> = []
    /// Where in the ring to read on.
    private var place: Int
    /// The last durable event that was given or passed over; nil when nothing from the ledger is wanted.
    private var last: EventSequence?
    /// Whether the ledger may have what was not given yet.
    private var isBehind: Bool
    private var ready: ArraySlice<FollowedEvent> = []

    private static let batch = 256
    /// After how long a ledger that could not be read is asked again.
    private static let rest = Duration.seconds(1)
    private static let mostEarly = 1 << 16

    init(_ bus: EventBus, after sequence: EventSequence?, durable: Bool) {
        (self.bus, self.durable) = (bus, durable)
        let wake = wake
        let start = bus.addListener(durable: durable) { wake.signal(.ring) }
        (listener, place, seen) = (start.listener, start.place, start.newest)
        news = sequence == nil ? nil : bus.news?.add { wake.signal(.ledger) }
        last = bus.feed == nil ? nil : sequence
        isBehind = last != nil
    }

    deinit {
        bus.removeListener(listener)
        if let news { bus.news?.remove(news) }
    }

    package func makeAsyncIterator() -> EventFollower { self }

    /// - Returns: nil when the task is cancelled.
    package nonisolated(nonsending) func next() async -> FollowedEvent? {
        while !Task.isCancelled {
            if let event = ready.popFirst() { return event }
            if isBehind {
                await readLedger()
            } else if !readRing(), await wake.wait() == .ledger {
                isBehind = last != nil || hasFailed
            }
        }
        return nil
    }

    /// - Returns: false when there was nothing new.
    private func readRing() -> Bool {
        let (events, start) = bus.events(from: place, atMost: Self.batch)
        guard start == place else {
            place = start
            ready = [.gap]
            last = bus.feed == nil ? nil : last ?? seen ?? bus.beforeOldest
            isBehind = bus.feed != nil
            return true
        }
        for event in events {
            guard let event else {
                place += 1
                ready.append(.gap)
                continue
            }
            guard let sequence = event.sequence, let known = last else {
                place += 1
                if let sequence = event.sequence { seen = sequence }
                if !durable || event.kind.isDurable { ready.append(.event(event)) }
                continue
            }
            if sequence.epoch == known.epoch, sequence.number > known.number + 1 {
                // Others have written something between, which comes first; this event is read after it.
                guard hasFailed else {
                    isBehind = true
                    return true
                }
                place += 1
                ready.append(.event(event))
                early.insert(sequence.number)
                if early.count > Self.mostEarly { passOver(to: sequence) }
                continue
            }
            place += 1
            if sequence.epoch != known.epoch { early = [] }
            guard sequence.epoch != known.epoch || sequence.number > known.number else { continue }
            last = sequence
            ready.append(.event(event))
        }
        return !events.isEmpty
    }

    /// Gives up what others have written: the ledger can't be read for too long.
    private func passOver(to sequence: EventSequence) {
        ready.append(.gap)
        (early, last) = ([], sequence)
    }

    private nonisolated(nonsending) func readLedger() async {
        guard let feed = bus.feed else { return isBehind = false }
        do throws(LedgerError) {
            let newest = try await feed.last()
            // A listener that came before the first durable event of the bus has missed every event since, and none older.
            let known = last ?? seen ?? bus.beforeOldest ?? newest
            guard known.epoch == newest.epoch else {
                (hasFailed, early) = (false, [])
                last = EventSequence(epoch: newest.epoch, number: 0)
                ready = [.gap]
                return
            }
            let page = try await feed.events(after: known.number, limit: Self.batch)
            hasFailed = false
            ready = page.events.filter { !early.contains($0.sequence?.number ?? 0) }.map { .event($0) }[...]
            // What has a number and is not there was pruned.
            last = EventSequence(
                epoch: newest.epoch, number: page.isLast ? Swift.max(page.end, newest.number) : page.end)
            early = early.filter { $0 > last?.number ?? 0 }
            isBehind = !page.isLast
        } catch {
            // The events of this process still come through the ring.
            if !hasFailed { ready = [.gap] }
            (isBehind, hasFailed) = (false, true)
            wake.signal(.ledger, after: Self.rest)
        }
    }
}

/// A signal that is kept until somebody waits for it.
private final class WakeUp: Sendable {
    /// What has news; the ledger counts for more.
    enum Cause { case ring, ledger }

    private struct State {
        var cause: Cause?
        var waiter: CheckedContinuation<Cause, Never>?
    }

    private let state = Mutex(State())

    func signal(_ cause: Cause) {
        let waiter = state.withLock { state -> CheckedContinuation<Cause, Never>? in
            guard let waiter = state.waiter else {
                if state.cause != .ledger { state.cause = cause }
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: cause)
    }

    func signal(_ cause: Cause, after rest: Duration) {
        Task {
            try? await Task.sleep(for: rest)
            signal(cause)
        }
    }

    /// Ends at a signal, or when the task is cancelled.
    func wait() async -> Cause {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (cause, displaced) = state.withLock { state -> (Cause?, CheckedContinuation<Cause, Never>?) in
                    defer { state.cause = nil }
                    guard state.cause == nil else { return (state.cause, nil) }
                    // A second reader, which there should not be, must not leave the first one waiting for ever.
                    defer { state.waiter = continuation }
                    return (nil, state.waiter)
                }
                displaced?.resume(returning: .ring)
                if let cause { continuation.resume(returning: cause) }
            }
        } onCancel: {
            signal(.ring)
        }
    }
}
