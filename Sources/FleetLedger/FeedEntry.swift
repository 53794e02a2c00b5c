package import FleetBase

/// One durable event as the feed has it.
package struct FeedEntry: Sendable, Hashable {
    /// 0 until the feed has given it one.
    package let sequence: Int64
    package let time: Timestamp
    package let operation: String
    package let run: RunID?
    package let host: HostName?
    package let task: String?
    package let kind: String
    /// JSON, of a form that depends on the kind.
    package let detail: String

    package init(
        sequence: Int64 = 0, time: Timestamp, operation: String, run: RunID?, host: HostName?, task: String?,
        kind: String,
        detail: String
    ) {
        self.sequence = sequence
        self.time = time
        self.operation = operation
        self.run = run
        self.host = host
        self.task = task
        self.kind = kind
        self.detail = detail
    }

    init(_ row: Row) throws(LedgerError) {
        sequence = try row.integer("sequence")
        time = try row.time("time")
        operation = try row.text("operation")
        run = row.optionalText("run").map { RunID($0) }
        host = row.optionalText("host") == nil ? nil : try row.parsed("host", HostName.init)
        task = row.optionalText("task")
        kind = try row.text("kind")
        detail = try row.text("detail")
    }

    var values: [SQLValue] {
        [
            SQLValue(time), .text(operation), SQLValue(run?.text), SQLValue(host?.text), SQLValue(task), .text(kind),
            .text(detail),
        ]
    }
}
