import FleetBase
import FleetConfig
import FleetHosts

/// What the worker gets as JSON on its standard input.
struct Job: Sendable, Encodable {
    let run: String
    let task: String
    let attempt: Int
    let host: String
    let package: String?
    let version: String?
    let engine: String
    let method: String
    let parameters: JSONValue
    /// Never in what lies on the host.
    var secrets: [String: String]?

    /// One line.
    var line: [UInt8] {
        guard let text = try? JSONText.encode(self) else { preconditionFailure("a job is plain JSON") }
        return Array(text.utf8) + [UInt8(ascii: "\n")]
    }
}

/// What the supervisor of a job left last: see `Scripts/job.sh`.
struct JobTrailer: Sendable, Hashable {
    let status: Int32
    let outputSize: Int64
    let errorSize: Int64
    /// Whether the worker left files.
    let hasFiles: Bool
    /// Whether the host's disk took no further file when the worker had ended.
    let isDiskFull: Bool
    /// Processor time, and the most memory that was seen; as far as the host tells.
    let user: Duration?
    let system: Duration?
    /// How long the worker ran.
    let wall: Duration?
    let peakMemory: ByteCount?
    let text: String

    /// The longest that a supervisor writes, in bytes.
    private static let longest = 512
    private static let mark = "job "

    /// The last news `job STATUS OUT ERR FILES USER SYSTEM FROM TO KIB` of who follows the job on its host.
    init?(in news: [String]) {
        guard let line = news.last(where: { $0.hasPrefix(Self.mark) }) else { return nil }
        self.init(String(line.dropFirst(Self.mark.count)))
    }

    /// Nil for what no supervisor writes: a status that is none, a size below zero or larger than any.
    init?(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard line.utf8.count <= Self.longest, words.count >= 4, let status = UInt8(words[0]),
            let output = Int64(digits: words[1]), let error = Int64(digits: words[2]),
            HostAnswerLine.bytes.contains(output), HostAnswerLine.bytes.contains(error)
        else { return nil }
        self.status = Int32(status)
        outputSize = output
        errorSize = error
        let left = words[3].split(separator: ",")
        hasFiles = left.first != "no"
        isDiskFull = left.contains("full")
        user = words.count > 5 ? Self.duration(words[4]) : nil
        system = words.count > 5 ? Self.duration(words[5]) : nil
        wall = words.count > 7 ? Self.duration(from: words[6], to: words[7]) : nil
        peakMemory =
            words.count > 8
            ? Int64(digits: words[8]).flatMap { $0 > 0 && $0 < 1 << 50 ? ByteCount($0 << 10) : nil } : nil
        text = HostText(line).line
    }

    /// As times(1) of POSIX writes it: `0m1.25s`.
    private static func duration(_ text: String) -> Duration? {
        let parts = text.dropLast().split(separator: "m")
        guard text.hasSuffix("s"), parts.count == 2, let minutes = Double(parts[0]), let seconds = Double(parts[1])
        else { return nil }
        return duration(seconds: minutes * 60 + seconds)
    }

    /// Nil for what no host can mean.
    private static func duration(seconds: Double) -> Duration? {
        seconds >= 0 && seconds < Duration.longest.seconds ? .seconds(seconds) : nil
    }

    /// Two times since the host was started; a host without /proc has 0 for both.
    private static func duration(from start: String, to end: String) -> Duration? {
        guard let start = Double(start), let end = Double(end), start > 0, end >= start else { return nil }
        return duration(seconds: end - start)
    }

    /// A shell tells a signal as 128 and its number (POSIX.1-2017, 2.8.2).
    var signal: Int32? { status > 128 && status < 160 ? status - 128 : nil }

    /// For the ledger; of a container that ended at once nothing is known.
    ///
    /// - Parameter node: which machine of a cluster it was.
    func resources(node: String? = nil) -> JSONValue {
        var values: [String: JSONValue] = [:]
        values["node"] = node.map { .string($0) }
        values["user_seconds"] = user.map { .number($0.seconds) }
        values["system_seconds"] = system.map { .number($0.seconds) }
        values["peak_memory"] = peakMemory.map { .integer($0.bytes) }
        return .object(values)
    }
}
