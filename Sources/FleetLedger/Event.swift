package import FleetBase

/// Something that happened in a run, for logs and dashboards.
package struct Event: Sendable, Hashable {
    package let run: RunID
    package let time: Timestamp
    package let host: HostName?
    package let kind: String
    package let text: String

    package init(run: RunID, time: Timestamp = .now, host: HostName? = nil, kind: String, text: String) {
        self.run = run
        self.time = time
        self.host = host
        self.kind = kind
        self.text = text
    }

    init(_ row: Row) throws(LedgerError) {
        run = RunID(try row.text("run"))
        time = try row.time("time")
        host = row.optionalText("host") == nil ? nil : try row.parsed("host", HostName.init)
        kind = try row.text("kind")
        text = try row.text("text")
    }
}
