import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetTerminal

/// `fleet logs ID`: what the workers of a run wrote, as it came home.
struct Logs: Command {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: Message("show what the workers of a run wrote"),
        discussion: Message("With -f also what they write from now on, until the run ends."),
        seeAlso: ["fleet runs", "fleet runs show", "fleet runs attach"])

    @OptionGroup var global: GlobalOptions
    @Option(
        name: .long("host"), .long("hosts"), valueName: "A,B", help: Message("what these hosts wrote alone"),
        completion: .values("hosts"))
    var hosts: [String]
    @Flag(name: .short("f"), .long("follow"), help: Message("go on with what is written from now on")) var follow
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of it, or last"), completion: .values("runs"))
    var name: String

    func validate() throws(ArgumentError) {
        guard follow, global.json else { return }
        throw ArgumentError(.invalid, Message("-f shows lines as they come, and --json the whole at the end"))
    }

    func run(_ context: CommandContext) async throws {
        if follow { return try await runFollowing(context) }
        let console = context.console(global)
        let project = try context.project(global)
        let (ledger, run) = try await project.run(named: name)
        let tasks = try await ledger.tasks(of: run.id)
        let names = Dictionary(uniqueKeysWithValues: tasks.map { ($0.id, $0.name) })
        let attempts = try selected(from: try await ledger.attempts(of: run.id))
        let folders = attempts.map { project.resultsFolder(of: $0, in: run.id) }
        // Of several attempts on a host the last one has written what lies there.
        let logs = attempts.indices.filter { !folders[($0 + 1)...].contains(folders[$0]) }.map {
            AttemptLog(attempts[$0], task: names[attempts[$0].task] ?? "", folder: folders[$0])
        }
        if global.json {
            return try console.json(JSONValue.object(["run": .string(run.id.text), "logs": .array(logs.map(\.json))]))
        }
        show(logs, console)
    }

    private func runFollowing(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let (ledger, run) = try await session.project.run(named: name)
            _ = try selected(from: try await ledger.attempts(of: run.id))
            try await LogFollower(session, ledger, run.id, hosts: hosts).perform()
        }
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
        let labels = LogLabels(logs.map { ($0.host, $0.task) })
        for log in logs {
            let label = labels.label(of: log.host, log.task)
            guard log.isHome else {
                console.note(Message("nothing came home from \(label)"))
                continue
            }
            let prefix = logs.count == 1 ? "" : label.padded(to: labels.width) + "  "
            for line in log.output.logLines { console.result(prefix + line) }
            for line in log.error.logLines { console.error(line: prefix + line) }
        }
    }
}

/// What stands before the lines of an attempt: its host, and its task where a run has several on a host.
struct LogLabels {
    let width: Int
    private let hasTasks: Bool

    init(_ attempts: [(host: HostName, task: String)]) {
        hasTasks = Set(attempts.map(\.task)).count > 1
        let hasTasks = hasTasks
        width = attempts.map { Self.label($0.host, $0.task, hasTasks).count }.max() ?? 0
    }

    func label(of host: HostName, _ task: String) -> String { Self.label(host, task, hasTasks) }

    private static func label(_ host: HostName, _ task: String, _ hasTasks: Bool) -> String {
        hasTasks ? "\(host) \(task)" : host.text
    }
}

/// The two streams of one attempt.
struct AttemptLog {
    let host: HostName
    /// The name of the task.
    let task: String
    let attempt: Int
    let isHome: Bool
    let output: String
    let error: String

    init(_ attempt: Attempt, task: String, folder: String) {
        host = attempt.host
        self.task = task
        self.attempt = attempt.number
        let streams = ["stdout", "stderr"].map { FileText.read("\(folder)/\($0)") }
        isHome = streams.contains { $0 != nil }
        output = streams[0] ?? ""
        error = streams[1] ?? ""
    }

    var json: JSONValue {
        .object([
            "host": .string(host.text), "task": .string(task), "attempt": .integer(Int64(attempt)),
            "stdout": .string(output),
            "stderr": .string(error),
        ])
    }
}

extension Project {
    /// Where an attempt's results are: where they were written, or where they lie now that the project was moved.
    func resultsFolder(of attempt: Attempt, in run: RunID) -> String {
        let own = "\(workFolder)/results/\(run)/\(attempt.host)"
        guard let written = attempt.results, FileText.exists(written) else { return own }
        return written
    }
}

extension String {
    /// Its lines, printable; a line break at the end begins none.
    var logLines: [String] {
        var lines = split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
