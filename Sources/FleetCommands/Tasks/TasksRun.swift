import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger

/// `fleet tasks run`: all tasks of tasks.yaml, each where it fits, until every one has its result.
struct TasksRun: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message("run the tasks of tasks.yaml on the hosts that fit"),
        discussion: Message(
            "What an earlier run has done already is not done again, unless --again says so. If fleet is stopped or killed, fleet runs resume goes on."
        ),
        seeAlso: ["fleet tasks plan", "fleet runs resume", "fleet runs show last"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("again"), help: Message("also what an earlier run has done")) var again
    @OptionGroup(title: Message("QUEUE")) var queue: QueueFlags
    @Option(
        name: .long("verify"), valueName: "N",
        help: Message("do each task on N different hosts and compare the results; verify: of tasks.yaml goes first"))
    var verify: Int?
    @OptionGroup(title: Message("CLUSTER")) var slurm: SlurmFlags
    @Argument(
        valueName: "FILE|NAME", help: Message("another file than the project's tasks.yaml; which tasks"),
        completion: .values("tasks"))
    var words: [String]

    func validate() throws(ArgumentError) {
        if let verify, verify < 2 { throw ArgumentError(.invalid, Message("--verify must be at least 2")) }
        guard slurm.engine != nil else { return }
        guard verify == nil else { throw ArgumentError(.invalid, Message("--verify goes without --engine slurm")) }
        guard selector.selector == nil else {
            throw ArgumentError(
                .invalid, Message("--hosts, --group and --all go without --engine slurm: Slurm chooses the nodes"))
        }
    }

    func run(_ context: CommandContext) async throws { try await run(context, again: again) }

    /// - Parameter again: also what an earlier run has done.
    func run(_ context: CommandContext, again: Bool) async throws {
        try await Session.run(context, global) { session in
            var options = queue.options
            options.slurm = slurm.options
            let hosts = try options.slurm?.host(in: session.inventory) ?? session.hosts(selector)
            try await session.runTasks(
                TaskWords(words), on: hosts, command: context.commandLine, again: again,
                verify: verify, options, json: global.json)
        }
    }
}

extension Project {
    func ledger() async throws -> Ledger {
        let file = ledgerFile
        return try await ThreadExecutor.disk.run { () throws(LedgerError) in try Ledger(path: file) }
    }
}

extension Ledger {
    /// Of tasks whose work another run has done, as attempts of their own.
    func results(for tasks: [LedgerTask]) async throws(LedgerError) -> [Attempt] {
        var attempts: [Attempt] = []
        for task in tasks {
            guard let known = try success(of: task.key), let results = known.results, FileText.exists(results) else {
                continue
            }
            attempts.append(known.copied(to: task.id))
        }
        return attempts
    }
}
