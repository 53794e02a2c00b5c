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
            let file = try session.project.tasks(file: choice.file.map(context.absolute))
            let checked = try session.project.checkTasks(file, inventory: session.inventory)
            let definitions = try checked.withDependencies(try checked.tasks(named: choice.names))
            let hosts = try session.hosts(selector)
            let ledger = try await session.project.ledger()
            let packages = try await session.packages(Set(definitions.compactMap(\.package)))
            let run = Run(
                command: "fleet " + context.arguments.map { ShellWord($0) }.commandLine, hosts: hosts.map(\.name.text))
            let plan = session.queuePlan(packages, usual: try await ledger.usualDurations())
            let names = Set(definitions.map(\.name))
            let expanded = file.expanded.filter { names.contains($0.definition.name) }
            let tasks = try await ThreadExecutor.disk.run { try plan.tasks(expanded, run: run.id) }
            let lock = try RunLock(run.id, in: session.project)
            try await ledger.begin(run, tasks: tasks.map(\.record))
            let known = again ? 0 : try await ledger.takeOver(tasks.map(\.record))
            session.console.note(Message("run \(run.id.text)"))
            if known > 0 { session.console.note(Message("\(known) tasks were done before, and are not done again")) }
            try await session.perform(tasks, of: run.id, on: hosts, ledger, queue.options, json: global.json)
            withExtendedLifetime(lock) {}
        }
    }
}

/// How a queue goes about it, for all commands that run one.
struct QueueFlags: ParsableArguments {
    @Flag(name: .long("no-duplicates"), help: Message("never start a second attempt of a task that takes long"))
    var noDuplicates
    @Option(
        name: .long("wait"), valueName: "TIME",
        help: Message("how long tasks wait for a host when nothing else goes on; 60s when left out"))
    var wait: Duration?

    var options: QueueOptions {
        var options = QueueOptions()
        options.duplicates = !noDuplicates
        options.waiting = wait ?? options.waiting
        return options
    }
}

extension CheckedTasks {
    /// With the tasks that must be done first, in the order of the file.
    func withDependencies(_ tasks: [TaskDefinition]) throws(ConfigError) -> [TaskDefinition] {
        var names = tasks.map(\.name)
        var next = names
        while let name = next.popLast() {
            for other in file[name]?.after ?? [] where !names.contains(other) {
                names.append(other)
                next.append(other)
            }
        }
        return try self.tasks(named: names)
    }
}

extension Session {
    func packages(_ names: Set<String>) async throws -> [BuiltPackage] {
        guard !names.isEmpty else { return [] }
        let builder = try await builder()
        var packages: [BuiltPackage] = []
        for name in names.sorted() { packages.append(try await builder.build(name)) }
        return packages
    }

    func queuePlan(_ packages: [BuiltPackage], usual: [String: Duration]) -> QueuePlan {
        QueuePlan(
            project, packages: packages, environment: context.environment, home: context.home, usual: usual)
    }

    /// Runs a queue before the eyes of a person, and tells what came of it.
    func perform(
        _ tasks: [PlannedTask], of run: RunID, on hosts: [Host], _ ledger: Ledger, _ options: QueueOptions, json: Bool
    ) async throws {
        let view = QueueView(tasks, hosts, console)
        let report = try await fleet.perform(tasks, of: run, on: hosts, ledger: ledger, options: options) {
            view.take($0)
        }
        view.end()
        try TasksReport(report).show(json: json, console)
        if Task.isCancelled { throw Ended(code: .cancelled) }
        guard !report.results.allSatisfy(\.isDone) else { return }
        if report.results.allSatisfy({ $0.attempts == 0 && !$0.wasDone }) { try end(view.absences(of: hosts)) }
        throw Ended(code: .someFailed)
    }
}

extension Project {
    func ledger() async throws -> Ledger {
        let file = ledgerFile
        return try await ThreadExecutor.disk.run { () throws(LedgerError) in try Ledger(path: file) }
    }
}

extension Ledger {
    /// Tasks whose work another run has done get its result.
    ///
    /// - Returns: how many.
    func takeOver(_ tasks: [LedgerTask]) async throws(LedgerError) -> Int {
        var count = 0
        for task in tasks {
            guard let known = try success(of: task.key), let results = known.results, FileText.exists(results) else {
                continue
            }
            try record(known.copied(to: task.id))
            count += 1
        }
        return count
    }
}
