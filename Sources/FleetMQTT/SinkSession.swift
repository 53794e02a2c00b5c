import FleetBase
import FleetEvents

/// What one connection has sent and the broker has not acknowledged yet, in the order of the feed.
struct SinkSession {
    private struct Flight {
        let item: SinkItem
        /// The numbers and topics of its messages that are not acknowledged.
        var open: [(number: Int32, topic: String)]
    }

    /// As of what is acknowledged, and as of what is sent.
    private(set) var cursor: SinkCursor
    private var sent: SinkWorkers
    private var flights: [Flight] = []
    private let topics: SinkTopics
    /// What is acknowledged and was not taken with ``takeDone()``.
    private var done: [SinkItem] = []
    /// Hosts that are to be told before the next event.
    private var hosts: ArraySlice<SinkHost> = []

    private static let window = 64

    init(_ cursor: SinkCursor, _ topics: SinkTopics) {
        (self.cursor, sent, self.topics) = (cursor, cursor.workers, topics)
    }

    var isEmpty: Bool { flights.isEmpty && hosts.isEmpty }
    /// How many things may be sent now.
    private var room: Int { max(0, Self.window - flights.count) }

    mutating func learn(_ hosts: [SinkHost]) {
        let names = Set(hosts.map(\.name))
        sent.keep(names)
        cursor.workers.keep(names)
        self.hosts = hosts.filter { !sent.knows($0.name, at: $0.address) }[...]
    }

    /// Sends as much as may be on its way.
    mutating func send(from queue: SinkQueue, over client: borrowing BrokerClient) throws(SinkProblem) {
        while room > 0, let host = hosts.popFirst() {
            try send(.host(name: host.name, address: host.address), over: client)
        }
        for item in queue.take(atMost: room) { try send(item, over: client) }
    }

    private mutating func send(_ item: SinkItem, over client: borrowing BrokerClient) throws(SinkProblem) {
        var open: [(number: Int32, topic: String)] = []
        for message in topics.messages(of: item, &sent) {
            open.append((try client.publish(message), message.topic))
        }
        flights.append(Flight(item: item, open: open))
        // What says nothing waits for no answer.
        if open.isEmpty { settle() }
    }

    /// The place moves from the front alone: what is acknowledged behind something that is not has to wait.
    ///
    /// - Returns: what the broker does not take of the topics beside the events'; that does not hold up the events.
    mutating func acknowledge(_ news: BrokerNews) throws(SinkProblem) -> SinkProblem? {
        var problem: SinkProblem?
        for answer in news.takeAcknowledgements() {
            let index = flights.firstIndex { $0.open.contains { $0.number == answer.message } }
            guard let index, let part = flights[index].open.firstIndex(where: { $0.number == answer.message }) else {
                continue
            }
            let topic = flights[index].open.remove(at: part).topic
            guard answer.reason >= 0x80 else { continue }
            let rejected = SinkProblem.rejected(answer.reason, topic)
            guard topic != topics.log else { throw rejected }
            problem = rejected
        }
        settle()
        return problem
    }

    private mutating func settle() {
        let settled = flights.prefix { $0.open.isEmpty }
        for flight in settled {
            _ = cursor.workers.take(flight.item)
            if let sequence = flight.item.sequence { cursor.place = sequence }
            done.append(flight.item)
        }
        flights.removeFirst(settled.count)
    }

    mutating func takeDone() -> [SinkItem] {
        defer { done = [] }
        return done
    }
}
