package import FleetBase
import FleetConfig
import FleetHosts
package import FleetLedger

/// Asks for what the workers of a run wrote, as it came home.
package struct LogsQuery: Query {
    /// A run's name, the beginning of it, or `last`.
    package var run: String
    /// Only the logs of these hosts; all when empty.
    package var hosts: [String]

    package init(_ run: String, hosts: [String] = []) { (self.run, self.hosts) = (run, hosts) }

    package struct Answer: Sendable {
        package let run: RunID
        package let logs: [AttemptLog]
    }

    package func answer(by service: FleetService) async throws -> Answer {
        let (ledger, run) = try await service.run(named: run)
        let names = try await ledger.taskNames(of: run.id)
        let attempts = try await ledger.attempts(of: run.id).written(by: hosts)
        let folders = attempts.map { service.project.resultsFolder(of: $0, in: run.id) }
        // Where a host has made several attempts, the last one has written what lies there.
        let own = attempts.indices.filter { !folders[($0 + 1)...].contains(folders[$0]) }
        let logs = await ThreadExecutor.disk.run {
            own.map { AttemptLog(attempts[$0], task: names[attempts[$0].task] ?? "", folder: folders[$0]) }
        }
        return Answer(run: run.id, logs: logs)
    }
}

/// The two streams of one attempt.
package struct AttemptLog: Sendable {
    /// What is given as one text; more of it would be a matter for a file.
    private static let longestText: Int64 = 64 << 20
    /// A line that is longer is handed on in pieces.
    private static let longestLine = 16 << 20

    package let host: HostName
    /// The name of the task.
    package let task: String
    /// Its number, from 1.
    package let attempt: Int
    /// Whether anything came home.
    package let isHome: Bool
    /// Whether the attempt has not ended.
    package let isOpen: Bool
    private let folder: String

    init(_ attempt: Attempt, task: String, folder: String) {
        host = attempt.host
        self.task = task
        self.attempt = attempt.number
        self.folder = folder
        isOpen = !attempt.state.isFinal
        isHome = ["stdout", "stderr"].contains { Disk.exists("\(folder)/\($0)") }
    }

    private func path(_ stream: CommandLine.Stream) -> String {
        "\(folder)/\(stream == .output ? "stdout" : "stderr")"
    }

    /// Hands on the lines of one stream, those of one piece after the other.
    package func lines(of stream: CommandLine.Stream, _ show: ([String]) throws -> Void) throws {
        guard let file = OutputFile(path(stream)) else { return }
        var lines = OutputLines(longest: Self.longestLine)
        while case let bytes = file.bytes(from: Int64(lines.taken)), !bytes.isEmpty {
            try show(bytes.withUnsafeBytes { lines.take($0) })
        }
        if let last = lines.end() { try show([last]) }
    }

    /// The last lines of one stream.
    ///
    /// - Parameters:
    ///   - bytes: no more than these, from the end, are read.
    ///   - lines: no more than these are given.
    package func tail(of stream: CommandLine.Stream, bytes: Int64, lines: Int) -> [String] {
        guard let file = OutputFile(path(stream)) else { return [] }
        let start = max(0, file.size - bytes)
        let text = String(decoding: file.bytes(from: start, atMost: Int(bytes)), as: UTF8.self)
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        // What was cut begins in the midst of a line; what ends with a line break has no line behind it.
        return all.dropFirst(start > 0 ? 1 : 0).dropLast(text.hasSuffix("\n") || text.isEmpty ? 1 : 0)
            .suffix(lines).map(String.init)
    }

    /// All of one stream.
    ///
    /// - Throws: when it is too long for one text.
    package func text(of stream: CommandLine.Stream) throws -> String {
        let path = path(stream)
        guard let file = OutputFile(path) else { return "" }
        guard file.size <= Self.longestText else {
            let (size, most) = (ByteCount(file.size), ByteCount(Self.longestText))
            throw ServiceError(
                Message("\(path) has \(size): one text is no longer than \(most)"),
                hint: Message("read the file itself, or see its lines: fleet logs"))
        }
        return String(decoding: file.bytes(from: 0, atMost: Int(file.size)), as: UTF8.self)
    }
}

extension [Attempt] {
    /// Those of some hosts.
    ///
    /// - Throws: for a host that the run has nothing of.
    func written(by hosts: [String]) throws(ServiceError) -> [Attempt] {
        for host in hosts where !contains(where: { $0.host.text == host }) {
            let names = Set(map(\.host.text)).sorted().joined(separator: ", ")
            throw ServiceError(
                Message("the run has nothing of \(host)"),
                hint: names.isEmpty ? nil : Message("there are: \(names)"))
        }
        return hosts.isEmpty ? self : filter { hosts.contains($0.host.text) }
    }
}

extension Project {
    /// Where an attempt's results are: where they were written, or where they lie now that the project was moved.
    func resultsFolder(of attempt: Attempt, in run: RunID) -> String {
        let own = "\(workFolder)/results/\(run)/\(attempt.host)"
        guard let written = attempt.results, Disk.exists(written) else { return own }
        return written
    }
}
