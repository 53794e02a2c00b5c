import FleetBase
import FleetEvents
import Synchronization

/// What goes from the reader of the feed to the thread of a broker, within bounds, while there is a connection.
final class SinkQueue: Sendable {
    /// What the reader is to read.
    struct Want: Sendable {
        /// Tells one connection from another.
        let connection: Int
        /// Nil when the broker has acknowledged nothing yet.
        let place: EventSequence?
        /// Whether nothing was read for this connection yet.
        let isFirst: Bool
        let room: Int
    }

    struct Ending: Sendable {
        /// What has a number up to here is still to be sent.
        let number: Int64
        let deadline: Deadline
    }

    private struct State {
        var connection = 0
        var isOpen = false
        var isFirst = true
        var place: EventSequence?
        var items: ArraySlice<SinkItem> = []
        /// Whether the feed had no more the last time.
        var isDry = false
        var hosts: [SinkHost]?
        var ending: Ending?
    }

    private static let capacity = 128

    let bell = Alarm()
    /// A value when there may be something to read.
    let wishes: AsyncStream<Void>
    private let wish: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() { (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    // MARK: For the thread

    /// Begins anew after a place: what was read for an earlier connection counts no more.
    func open(after place: EventSequence?) {
        state.withLock { state in
            (state.isOpen, state.isFirst, state.place, state.items, state.isDry) = (true, true, place, [], false)
            state.connection += 1
        }
        wish.yield()
    }

    func close() { state.withLock { ($0.isOpen, $0.items) = (false, []) } }

    func take(atMost count: Int) -> [SinkItem] {
        let (items, mustRead) = state.withLock { state in
            let items = Array(state.items.prefix(count))
            state.items = state.items.dropFirst(items.count)
            return (items, !state.isDry && state.items.count <= Self.capacity / 2)
        }
        if mustRead, !items.isEmpty { wish.yield() }
        return items
    }

    /// The hosts of the inventory, once after each change.
    func takeHosts() -> [SinkHost]? {
        state.withLock { state in
            defer { state.hosts = nil }
            return state.hosts
        }
    }

    var ending: Ending? { state.withLock(\.ending) }

    /// Whether everything up to a number was taken.
    func isDry(upTo number: Int64) -> Bool {
        state.withLock { $0.items.isEmpty && !$0.isFirst && $0.place?.number ?? 0 >= number }
    }

    // MARK: For the reader

    func lookAgain() { wish.yield() }

    var want: Want? {
        state.withLock { state in
            let room = Self.capacity - state.items.count
            guard state.isOpen, room > Self.capacity / 4 else { return nil }
            return Want(connection: state.connection, place: state.place, isFirst: state.isFirst, room: room)
        }
    }

    /// - Parameters:
    ///   - place: up to where was read.
    ///   - isLast: whether the feed had no more.
    func append(_ items: [SinkItem], _ want: Want, upTo place: EventSequence, isLast: Bool) {
        state.withLock { state in
            guard state.connection == want.connection, state.isOpen else { return }
            state.items += items
            (state.place, state.isFirst, state.isDry) = (place, false, isLast)
        }
        bell.raise()
    }

    func tell(_ hosts: [SinkHost]) {
        state.withLock { $0.hosts = hosts }
        bell.raise()
    }

    // MARK: For whoever ends it

    func end(_ ending: Ending) {
        state.withLock { $0.ending = ending }
        bell.raise()
    }
}

struct SinkHost: Sendable, Hashable {
    let name: String
    let address: String
}
