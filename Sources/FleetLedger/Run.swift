package import FleetBase

/// The name of a run, which sorts by time: `20261121-153012-a1b2`.
package struct RunID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// A new name; the four hex digits tell runs of one second apart.
    package init(at time: Timestamp) {
        text = "\(time.compact)-\([UInt8.random(in: 0 ... .max), UInt8.random(in: 0 ... .max)].hex)"
    }

    /// A name as a master makes it, `20261121-153012-a1b2`: no word such as `last`, and no beginning of other names.
    package init?(reading text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        guard parts.map(\.count) == [8, 6, 4], parts[0].allSatisfy(digits.contains),
            parts[1].allSatisfy(digits.contains),
            parts[2].allSatisfy({ digits.contains($0) || letters.contains($0) })
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }
}

/// One call of fleet that ran something.
package struct Run: Sendable, Hashable {
    package enum State: String, Sendable, Codable { case running, done, failed, cancelled }

    package let id: RunID
    package let started: Timestamp
    package var ended: Timestamp?
    /// As a person would type it.
    package let command: String
    package let package: String?
    package let version: String?
    package var state: State
    /// On which hosts it may run; empty when nobody wrote that down.
    package let hosts: [String]
    /// Who hands out its tasks, as that engine writes it; nil for fleet's own queue.
    package let engine: String?

    /// Nil before its end.
    package var duration: Duration? { ended.map { $0.duration(since: started) } }

    /// A run that starts now.
    ///
    /// - Parameter id: given where another machine has named it.
    package init(
        command: String, package: String? = nil, version: String? = nil, hosts: [String] = [],
        started: Timestamp = .now, id: RunID? = nil, engine: String? = nil
    ) {
        self.id = id ?? RunID(at: started)
        self.started = started
        self.command = command
        self.package = package
        self.version = version
        self.hosts = hosts
        self.engine = engine
        state = .running
    }

    init(_ row: Row) throws(LedgerError) {
        id = RunID(try row.text("id"))
        started = try row.time("started")
        ended = try row.optionalTime("ended")
        command = try row.text("command")
        package = row.optionalText("package")
        version = row.optionalText("version")
        state = try row.word(State.self, "state")
        hosts = (row.optionalText("hosts") ?? "").split(separator: ",").map(String.init)
        engine = row.optionalText("engine")
    }
}
