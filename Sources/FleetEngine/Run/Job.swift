import FleetBase
import FleetConfig

/// What the worker gets as JSON on its standard input.
struct Job: Sendable, Encodable {
    let run: String
    let task: String
    let attempt: Int
    let host: String
    let package: String
    let version: String
    let engine: String
    let method: String
    let parameters: JSONValue
}

/// What the supervisor of a job left last: see `Scripts/start.sh`.
struct JobTrailer: Sendable, Hashable {
    let status: Int32
    let outputSize: Int64
    let errorSize: Int64
    let text: String

    /// The last line `@job NONCE STATUS OUT ERR` of the follower's standard error.
    init?(in error: String, nonce: Nonce) {
        let mark = "@job \(nonce.text) "
        guard let line = error.split(separator: "\n").last(where: { $0.hasPrefix(mark) }) else { return nil }
        let numbers = line.dropFirst(mark.count).split(separator: " ").compactMap { Int64($0) }
        guard numbers.count == 3, let status = Int32(exactly: numbers[0]) else { return nil }
        self.status = status
        outputSize = numbers[1]
        errorSize = numbers[2]
        text = line.dropFirst(mark.count).description
    }

    /// A shell tells a signal as 128 and its number (POSIX.1-2017, 2.8.2).
    var signal: Int32? { status > 128 && status < 160 ? status - 128 : nil }
}
