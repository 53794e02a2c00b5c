import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet logs [ID]`: what the workers of a run wrote, as it came home.
struct Logs: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: Message("show what the workers of a run wrote"),
        discussion: Message("With -f also what they write from now on, until the run ends."),
        examples: [
            CommandExample("fleet logs", Message("shows what the workers of the last run wrote")),
            CommandExample("fleet logs -f last --hosts vps", Message("shows what one host writes until the run ends")),
        ],
        seeAlso: ["fleet runs", "fleet runs show", "fleet runs attach"])

    @OptionGroup var global: GlobalOptions
    @Option(
        name: .long("host"), .long("hosts"), valueName: "A,B", help: Message("show only what these hosts wrote"),
        completion: .values("hosts"))
    var hosts: [String]
    @Flag(name: .short("f"), .long("follow"), help: Message("also show what is written from now on")) var follow
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of its name, or last; last when left out"),
        completion: .values("runs"))
    var given: String?

    private var name: String { given ?? "last" }

    func validate() throws(ArgumentError) {
        guard follow, global.json else { return }
        throw ArgumentError(.invalid, Message("-f shows lines as they come, and --json the whole at the end"))
    }

    func run(_ context: CommandContext) async throws {
        if follow { return try await runFollowing(context) }
        try await context.ask(LogsQuery(name, hosts: hosts), global) { answer, console in
            if global.json { return try console.json(LogsView(answer)) }
            try show(answer.logs, console)
        }
    }

    private func runFollowing(_ context: CommandContext) async throws {
        let console = context.console(global)
        try await context.withService(global, console) { service in
            let follower = try await RunFollower(name, hosts: hosts, by: service)
            try await LogLines(follower, console).follow()
        }
    }

    private func show(_ logs: [AttemptLog], _ console: Console) throws {
        let labels = LogLabels(hosts: logs.map(\.host), tasks: logs.map(\.task))
        for log in logs {
            let label = labels.label(of: log.host, log.task)
            guard log.isHome else {
                console.note(
                    log.isOpen
                        ? Message("\(label): not ended yet; see what it writes with: fleet logs -f \(name)")
                        : Message("nothing came home from \(label)"))
                continue
            }
            let prefix = logs.count == 1 ? "" : label.padded(to: labels.width) + "  "
            try log.lines(of: .output) { lines in
                for line in lines { console.result(prefix + line.printable) }
                console.waitWhileBehind()
                try Task.checkCancellation()
            }
            try log.lines(of: .error) { lines in
                for line in lines { console.error(line: prefix + line) }
                console.waitWhileBehind()
                try Task.checkCancellation()
            }
        }
    }
}

/// What stands before the lines of an attempt: its host, and its task where a run has several on a host.
struct LogLabels {
    let width: Int
    private let hasTasks: Bool

    init(hosts: [HostName], tasks: some Collection<String>) {
        hasTasks = Set(tasks).count > 1
        let task = hasTasks ? 1 + (tasks.lazy.map(\.count).max() ?? 0) : 0
        width = (hosts.lazy.map(\.text.count).max() ?? 0) + task
    }

    func label(of host: HostName, _ task: String) -> String { hasTasks ? "\(host) \(task)" : host.text }
}
