import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet logs ID`: what the workers of a run wrote, as it came home.
struct Logs: Command {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: Message("show what the workers of a run wrote"),
        discussion: Message("With -f also what they write from now on, until the run ends."),
        seeAlso: ["fleet runs", "fleet runs show", "fleet runs attach"])

    @OptionGroup var global: GlobalOptions
    @Option(
        name: .long("host"), .long("hosts"), valueName: "A,B", help: Message("show only what these hosts wrote"),
        completion: .values("hosts"))
    var hosts: [String]
    @Flag(name: .short("f"), .long("follow"), help: Message("also show what is written from now on")) var follow
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of its name, or last"), completion: .values("runs"))
    var name: String

    func validate() throws(ArgumentError) {
        guard follow, global.json else { return }
        throw ArgumentError(.invalid, Message("-f shows lines as they come, and --json the whole at the end"))
    }

    func run(_ context: CommandContext) async throws {
        if follow { return try await runFollowing(context) }
        try await context.ask(LogsQuery(name, hosts: hosts), global) { answer, console in
            if global.json { return try console.json(LogsView(answer)) }
            show(answer.logs, console)
        }
    }

    private func runFollowing(_ context: CommandContext) async throws {
        let console = context.console(global)
        try await context.withService(global, console) { service in
            let follower = try await RunFollower(name, hosts: hosts, by: service)
            try await LogLines(follower, console).follow()
        }
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

extension String {
    /// Its lines, printable; a line break at the end begins none.
    var logLines: [String] {
        var lines = split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
