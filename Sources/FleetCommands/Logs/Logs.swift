import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger

/// `fleet logs ID`: what the workers of a run wrote, as it came home.
struct Logs: Command {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: Message("show what the workers of a run wrote"),
        seeAlso: ["fleet runs", "fleet runs show"])

    @OptionGroup var global: GlobalOptions
    @Option(
        name: .long("host"), .long("hosts"), valueName: "A,B", help: Message("what these hosts wrote alone"),
        completion: .values("hosts"))
    var hosts: [String]
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of it, or last"), completion: .values("runs"))
    var name: String

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        let (ledger, run) = try await project.run(named: name)
        let attempts = try selected(from: try await ledger.attempts(of: run.id))
        let logs = attempts.map { AttemptLog($0, project.resultsFolder(of: $0, in: run.id)) }
        if global.json {
            return try console.json(JSONValue.object(["run": .string(run.id.text), "logs": .array(logs.map(\.json))]))
        }
        show(logs, console)
    }

    private func selected(from attempts: [Attempt]) throws(ArgumentError) -> [Attempt] {
        for host in hosts where !attempts.contains(where: { $0.host.text == host }) {
            let names = Set(attempts.map(\.host.text)).sorted().joined(separator: ", ")
            throw ArgumentError(
                .invalid, Message("the run has nothing of \(host)"),
                hint: names.isEmpty ? nil : Message("there are: \(names)"))
        }
        return hosts.isEmpty ? attempts : attempts.filter { hosts.contains($0.host.text) }
    }

    private func show(_ logs: [AttemptLog], _ console: Console) {
        let width = logs.map(\.host.text.count).max() ?? 0
        let isAlone = logs.count == 1
        for log in logs {
            guard log.isHome else {
                console.note(Message("nothing came home from \(log.host)"))
                continue
            }
            let prefix = isAlone ? "" : log.host.text.padded(to: width) + "  "
            for line in log.output.lines { console.result(prefix + line) }
            for line in log.error.lines { console.error(line: prefix + line) }
        }
    }
}

/// The two streams of one attempt.
struct AttemptLog {
    let host: HostName
    let attempt: Int
    let isHome: Bool
    let output: String
    let error: String

    init(_ attempt: Attempt, _ folder: String) {
        host = attempt.host
        self.attempt = attempt.number
        let streams = ["stdout", "stderr"].map { FileText.read("\(folder)/\($0)") }
        isHome = streams.contains { $0 != nil }
        output = streams[0] ?? ""
        error = streams[1] ?? ""
    }

    var json: JSONValue {
        .object([
            "host": .string(host.text), "attempt": .integer(Int64(attempt)), "stdout": .string(output),
            "stderr": .string(error),
        ])
    }
}

extension Project {
    /// Where an attempt's results are: where they were written, or where they lie now that the project was moved.
    fileprivate func resultsFolder(of attempt: Attempt, in run: RunID) -> String {
        let own = "\(workFolder)/results/\(run)/\(attempt.host)"
        guard let written = attempt.results, FileText.exists(written) else { return own }
        return written
    }
}

extension String {
    /// Its lines, printable; a line break at the end begins none.
    fileprivate var lines: [String] {
        var lines = split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
