package import FleetBase

/// The feed: every durable event of every operation, in one order.
extension Ledger {
    /// How much of the feed is kept.
    package struct FeedRetention: Sendable, Hashable {
        package var age: Duration
        package var count: Int

        package init(age: Duration, count: Int) { (self.age, self.count) = (age, count) }

        package static let standard = FeedRetention(age: .seconds(30 * 24 * 3600), count: 200_000)
    }

    /// Tells this ledger's feed from every other one.
    package var feedEpoch: String {
        get throws(LedgerError) {
            if let knownEpoch { return knownEpoch }
            let epoch = try query("SELECT epoch FROM feed_epoch")[0].text("epoch")
            knownEpoch = epoch
            return epoch
        }
    }

    /// Another number after every write by somebody else, of this process or another; what this ledger writes itself does
    /// not change it.
    package var othersVersion: Int64 {
        get throws(LedgerError) { try query("PRAGMA data_version")[0].integer("data_version") }
    }

    /// Writes events down, all or none.
    ///
    /// - Returns: the number of the first, those of the others follow it without a gap; and the feed's epoch.
    package func append(_ entries: [FeedEntry]) throws(LedgerError) -> (first: Int64, epoch: String) {
        let epoch = try feedEpoch
        var first: Int64 = 0
        try database.transaction { () throws(LedgerError) in
            let statement = try database.prepare(
                "INSERT INTO feed (time, operation, run, host, task, kind, detail) VALUES (?, ?, ?, ?, ?, ?, ?)")
            for entry in entries { try database.rows(statement, entry.values) }
            first = database.lastInsertedRow - Int64(entries.count) + 1
        }
        return (first, epoch)
    }

    /// Whether the feed has an event of a kind and an operation after a number.
    package func hasFeed(kind: String, operation: String, after number: Int64) throws(LedgerError) -> Bool {
        try !query(
            "SELECT 1 FROM feed WHERE sequence > ? AND operation = ? AND kind = ? LIMIT 1",
            [SQLValue(number), .text(operation), .text(kind)]
        ).isEmpty
    }

    /// Whether the feed has an event of an operation.
    package func hasFeed(operation: String) throws(LedgerError) -> Bool {
        try !query("SELECT 1 FROM feed WHERE operation = ? LIMIT 1", [.text(operation)]).isEmpty
    }

    /// What came after a number, the oldest first.
    ///
    /// - Parameter run: only what belongs to this run.
    package func feed(
        after number: Int64, limit: Int, run: RunID? = nil
    ) throws(LedgerError) -> [FeedEntry] {
        guard let run else {
            return try all(
                "SELECT * FROM feed WHERE sequence > ? ORDER BY sequence LIMIT ?", [SQLValue(number), SQLValue(limit)],
                FeedEntry.init)
        }
        return try all(
            "SELECT * FROM feed WHERE run = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            [.text(run.text), SQLValue(number), SQLValue(limit)], FeedEntry.init)
    }

    /// What an operation told after a number, the oldest first.
    package func feed(after number: Int64, limit: Int, operation: String) throws(LedgerError) -> [FeedEntry] {
        try all(
            "SELECT * FROM feed WHERE sequence > ? AND operation = ? ORDER BY sequence LIMIT ?",
            [SQLValue(number), .text(operation), SQLValue(limit)], FeedEntry.init)
    }

    /// The beginnings and ends of operations after a number, in their order.
    package func marks(after number: Int64) throws(LedgerError) -> [FeedEntry] {
        try all(
            """
            SELECT * FROM feed WHERE sequence > ? AND kind IN ('operation-started', 'operation-ended') ORDER BY sequence
            """, [SQLValue(number)], FeedEntry.init)
    }

    /// The first event of a kind that an operation told; nil when the feed does not have it.
    package func firstOfFeed(kind: String, operation: String) throws(LedgerError) -> FeedEntry? {
        try all(
            "SELECT * FROM feed WHERE operation = ? AND kind = ? ORDER BY sequence LIMIT 1",
            [.text(operation), .text(kind)], FeedEntry.init
        ).first
    }

    /// How each operation began that the feed has the beginning of and not the end, the first one first.
    package func openOperations() throws(LedgerError) -> [FeedEntry] {
        try all(
            """
            SELECT * FROM feed WHERE sequence IN (
                SELECT min(sequence) FROM feed WHERE kind IN ('operation-started', 'operation-ended')
                GROUP BY operation HAVING sum(kind = 'operation-ended') = 0
            ) ORDER BY sequence
            """, [], FeedEntry.init)
    }

    /// The last event of a kind that belongs to a run; nil when the feed does not have it.
    package func lastOfFeed(kind: String, run: RunID) throws(LedgerError) -> FeedEntry? {
        try all(
            "SELECT * FROM feed WHERE run = ? AND kind = ? ORDER BY sequence DESC LIMIT 1",
            [.text(run.text), .text(kind)], FeedEntry.init
        ).first
    }

    /// The operation that has begun a run, or gone on with it, last; nil when that operation has ended, or the feed does
    /// not have it any more.
    package func operation(workingOn run: RunID) throws(LedgerError) -> String? {
        try query(
            """
            SELECT operation FROM (
                SELECT operation, sequence FROM feed WHERE run = ? AND kind = 'run-started'
                ORDER BY sequence DESC LIMIT 1
            ) AS start
            WHERE NOT EXISTS (
                SELECT 1 FROM feed
                WHERE sequence > start.sequence AND operation = start.operation AND kind = 'operation-ended'
            )
            """, [.text(run.text)]
        ).first?.text("operation")
    }

    /// The number of the event that was written down last; 0 when there was none yet.
    package func lastOfFeed() throws(LedgerError) -> Int64 {
        try query("SELECT coalesce(max(seq), 0) AS last FROM sqlite_sequence WHERE name = 'feed'")[0].integer("last")
    }

    /// The number before the `count` events that were written down last.
    package func startOfLast(_ count: Int) throws(LedgerError) -> Int64 {
        let rows = try query("SELECT sequence FROM feed ORDER BY sequence DESC LIMIT 1 OFFSET ?", [SQLValue(count)])
        return try rows.first?.integer("sequence") ?? 0
    }

    /// The number before the first event that is not older than a moment.
    package func startOfFeed(since moment: Timestamp) throws(LedgerError) -> Int64 {
        try query("SELECT coalesce(max(sequence), 0) AS last FROM feed WHERE time < ?", [SQLValue(moment)])[0]
            .integer("last")
    }

    /// The number before the events that were written down last and have no more than so many bytes, each being its
    /// detail and 200 bytes for the rest.
    ///
    /// - Parameter number: what came before it is not looked at.
    package func startOfFeed(withinBytes bytes: Int64, after number: Int64) throws(LedgerError) -> Int64 {
        try query(
            """
            SELECT coalesce(max(sequence), ?) AS last FROM (
                SELECT sequence, sum(length(CAST(detail AS BLOB)) + 200) OVER (ORDER BY sequence DESC) AS size
                FROM feed WHERE sequence > ?
            ) WHERE size > ?
            """, [SQLValue(number), SQLValue(number), SQLValue(bytes)])[0].integer("last")
    }

    /// The runs of which the feed knows that an operation has begun them, or went on with them.
    package func runs(of operation: String) throws(LedgerError) -> [String] {
        try query("SELECT DISTINCT run FROM feed WHERE operation = ? AND run IS NOT NULL", [.text(operation)])
            .map { row throws(LedgerError) in try row.text("run") }
    }

    /// Removes what nobody needs any more.
    package func pruneFeed(_ retention: FeedRetention, now: Timestamp = .now) throws(LedgerError) {
        try database.rows("DELETE FROM feed WHERE time < ?", [SQLValue(now.adding(.zero - retention.age))])
        try database.rows(
            "DELETE FROM feed WHERE sequence <= (SELECT max(sequence) FROM feed) - ?", [SQLValue(retention.count)])
    }
}
