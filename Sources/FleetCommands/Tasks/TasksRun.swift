import FleetArguments
import FleetBase
import FleetConfig
import FleetEngine
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
    @Argument(
        valueName: "FILE|NAME", help: Message("another file than the project's tasks.yaml; which tasks"),
        completion: .values("tasks"))
    var words: [String]

    func run(_ context: CommandContext) async throws { try await run(context, again: again) }

    /// - Parameter again: also what an earlier run has done.
    func run(_ context: CommandContext, again: Bool) async throws {
        let choice = TaskWords(words)
        try await Session.run(context, global) { session in
            let hosts = try session.hosts(selector)
            let ledger = try await session.project.ledger()
            let run = Run(
                command: "fleet " + context.arguments.map { ShellWord($0) }.commandLine, hosts: hosts.map(\.name.text))
            let tasks = try await session.planned(
                choice, run: run.id, usual: try await ledger.usualDurations()
            ).tasks
            let lock = try RunLock(run.id, in: session.project)
            let records = tasks.map(\.record)
            let known = again ? [] : try await ledger.results(for: records)
            try await ledger.begin(run, tasks: records, attempts: known)
            session.console.note(Message("run \(run.id.text)"))
            let count = known.count
            if count > 0 { session.console.note(Message("\(count) tasks were done before, and are not done again")) }
            try await session.perform(tasks, of: run.id, on: hosts, ledger, queue.options, json: global.json)
            withExtendedLifetime(lock) {}
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
