package import FleetBase
package import FleetLedger
import Synchronization

/// The durable events of a project, in its ledger.
package final class EventFeed: Sendable {
    package typealias Opening = @Sendable () async throws(LedgerError) -> Ledger
    package typealias Retention = @Sendable () -> Ledger.FeedRetention

    /// After how many events the old ones are removed.
    private static let pruning: Int64 = 5000

    private let open: Opening
    private let path: String
    private let retention: Retention

    /// - Parameters:
    ///   - path: the ledger's file.
    ///   - retention: how much is kept, asked for each time when old events are removed.
    ///   - open: gives the ledger, which is opened when it is first needed.
    package init(
        path: String, retention: @escaping Retention = { .standard }, open: @escaping Opening
    ) {
        (self.path, self.retention, self.open) = (path, retention, open)
    }

    /// Writes durable events down, all or none.
    ///
    /// - Returns: the same events with their sequence.
    func append(_ events: [Event]) async throws(LedgerError) -> [Event] {
        let ledger = try await open()
        let (first, epoch) = try await ledger.append(events.map(\.entry))
        // Looked at once in a while: it reads the whole feed.
        if first / Self.pruning != (first + Int64(events.count)) / Self.pruning {
            try? await ledger.pruneFeed(retention())
        }
        return events.enumerated().map { index, event in
            var event = event
            event.sequence = EventSequence(epoch: epoch, number: first + Int64(index))
            return event
        }
    }

    package struct Page: Sendable {
        package let epoch: String
        /// Without those of a kind that this program does not know.
        package let events: [Event]
        /// The numbers between that are not in the feed, or not of the run that was asked for.
        package let gone: [ClosedRange<Int64>]
        /// The number up to which was read.
        package let end: Int64
        /// Whether there was no more.
        package let isLast: Bool
    }

    /// What came after a number, the oldest first.
    package func events(after number: Int64, limit: Int, run: RunID? = nil) async throws(LedgerError) -> Page {
        let ledger = try await open()
        let epoch = try await ledger.feedEpoch
        let entries = try await ledger.feed(after: number, limit: limit, run: run)
        return Page(
            epoch: epoch, events: entries.compactMap { Event($0, epoch: epoch) }, gone: Self.gone(entries, number),
            end: entries.last?.sequence ?? number, isLast: entries.count < limit)
    }

    private static func gone(_ entries: [FeedEntry], _ number: Int64) -> [ClosedRange<Int64>] {
        var (gone, last) = ([ClosedRange<Int64>](), number)
        for entry in entries {
            if entry.sequence > last + 1 { gone.append(last + 1...entry.sequence - 1) }
            last = entry.sequence
        }
        return gone
    }

    /// The number after which a reader goes on who wants neither what is old nor too much at once.
    ///
    /// - Parameters:
    ///   - number: what he has seen last.
    ///   - moment: older events are not wanted.
    ///   - bytes: only the last events that have no more than so many bytes together are wanted.
    package func start(
        after number: Int64, since moment: Timestamp?, withinBytes bytes: Int64?
    ) async throws(LedgerError) -> Int64 {
        let ledger = try await open()
        var start = number
        if let moment { start = max(start, try await ledger.startOfFeed(since: moment)) }
        if let bytes { start = max(start, try await ledger.startOfFeed(withinBytes: bytes, after: start)) }
        return start
    }

    /// How the ledger stands but for what is written through this feed.
    struct OthersVersion: Equatable {
        let epoch: String
        let number: Int64
    }

    func othersVersion() async throws(LedgerError) -> OthersVersion {
        let ledger = try await open()
        return OthersVersion(epoch: try await ledger.feedEpoch, number: try await ledger.othersVersion)
    }

    /// What an operation has told, the oldest first.
    ///
    /// - Parameter number: what came before it is not looked at.
    package func events(
        of operation: OperationID, after number: Int64 = 0, limit: Int
    ) async throws(LedgerError) -> [Event] {
        let ledger = try await open()
        let epoch = try await ledger.feedEpoch
        return try await ledger.feed(after: number, limit: limit, operation: operation.text)
            .compactMap { Event($0, epoch: epoch) }
    }

    /// The beginnings and ends of operations, in their order.
    ///
    /// - Parameter place: what came before it is not looked at; another ledger's is looked at as a whole.
    package func marks(after place: EventSequence?) async throws(LedgerError) -> [Event] {
        let ledger = try await open()
        let epoch = try await ledger.feedEpoch
        let number = place?.epoch == epoch ? place?.number : nil
        return try await ledger.marks(after: number ?? 0).compactMap { Event($0, epoch: epoch) }
    }

    /// How the queue of a run stood when it last said why tasks wait; nil when the feed does not have it.
    package func queue(of run: RunID) async throws(LedgerError) -> (state: Event.QueueState, time: Timestamp)? {
        let ledger = try await open()
        guard let entry = try await ledger.lastOfFeed(kind: "queue", run: run),
            let event = Event(entry, epoch: try await ledger.feedEpoch), case .queue(let state) = event.kind
        else { return nil }
        return (state, event.time)
    }

    /// How an operation began; nil when the feed does not have it any more.
    package func start(of operation: OperationID) async throws(LedgerError) -> Event.OperationStart? {
        let ledger = try await open()
        let entry = try await ledger.firstOfFeed(kind: "operation-started", operation: operation.text)
        guard let entry, let event = Event(entry, epoch: try await ledger.feedEpoch),
            case .operationStarted(let start) = event.kind
        else { return nil }
        return start
    }

    /// How operations began that have not ended, as far as the feed has it; the first one first.
    package func openOperations() async throws(LedgerError) -> [Event] {
        let ledger = try await open()
        let epoch = try await ledger.feedEpoch
        return try await ledger.openOperations().compactMap { Event($0, epoch: epoch) }
    }

    /// Whether the feed has anything of an operation.
    package func knows(_ operation: OperationID) async throws(LedgerError) -> Bool {
        try await open().hasFeed(operation: operation.text)
    }

    /// Whether somebody wants an operation cancelled, and said so after a number.
    package func hasCancelRequest(for operation: OperationID, after number: Int64) async throws(LedgerError) -> Bool {
        try await open().hasFeed(kind: Event.Kind.cancelRequested.name, operation: operation.text, after: number)
    }

    /// The sequence of the event that was written down last.
    package func last() async throws(LedgerError) -> EventSequence {
        let ledger = try await open()
        return EventSequence(epoch: try await ledger.feedEpoch, number: try await ledger.lastOfFeed())
    }

    /// The sequence before the `count` events that were written down last.
    package func start(ofLast count: Int) async throws(LedgerError) -> EventSequence {
        let ledger = try await open()
        return EventSequence(epoch: try await ledger.feedEpoch, number: try await ledger.startOfLast(count))
    }

    /// Tells of every write to the ledger as long as the value lives.
    func watch(_ changed: @escaping @Sendable () -> Void) -> LedgerWatch { LedgerWatch(path: path, changed: changed) }
}
