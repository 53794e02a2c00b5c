import FleetArguments
import FleetBase
import FleetConfig
import FleetRuns
import FleetService
import FleetTerminal
import FleetViews

/// `fleet tasks run`: all tasks of tasks.yaml, each where it fits, until every one has its result.
struct TasksRun: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message("run the tasks of tasks.yaml on the hosts that fit"),
        discussion: Message(
            "A task that an earlier run has done is not done again, unless --again says so. When fleet was stopped or killed, fleet runs resume goes on with the run."
        ),
        examples: [
            CommandExample("fleet tasks run", Message("runs what has no result yet")),
            CommandExample(
                "fleet tasks run pi.yaml sweep --group lab",
                Message("runs a task of another file on the hosts of a group")),
            CommandExample(
                "fleet tasks run --engine slurm --login gate --partition main",
                Message("hands the tasks to a cluster with Slurm")),
        ],
        seeAlso: ["fleet tasks plan", "fleet runs resume", "fleet runs show last"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("again"), help: Message("also run what an earlier run has done")) var again
    @OptionGroup(title: Message("QUEUE")) var queue: QueueFlags
    @Option(
        name: .long("verify"), valueName: "N",
        help: Message("do each task on N different hosts and compare the results; verify: in tasks.yaml counts more"))
    var verify: Int?
    @OptionGroup(title: Message("CLUSTER")) var slurm: SlurmFlags
    @Argument(
        valueName: "FILE|NAME", help: Message("a file to read instead of the project's tasks.yaml; names of tasks"),
        completion: .values("tasks"))
    var words: [String]

    func run(_ context: CommandContext) async throws { try await run(context, again: again) }

    /// - Parameter again: also what an earlier run has done.
    func run(_ context: CommandContext, again: Bool) async throws {
        var operation = TasksOperation(
            TaskWords(words).absolute(context), on: selector.selector, queue.options, command: context.commandLine)
        operation.options.backend = slurm.backend
        operation.isAgain = again
        operation.verify = verify
        try await context.perform(operation, global) { try $0.show(json: global.json, $1) }
    }
}

extension TaskWords {
    /// With the file's place as this command sees it.
    func absolute(_ context: CommandContext) -> TaskWords { TaskWords(file: file.map(context.absolute), names: names) }
}

extension QueueReport {
    /// Shows what came of the tasks, and ends the command with the status that they deserve.
    func show(json: Bool, _ console: Console) throws -> [Failure?] {
        if json { try console.json(TasksView(self)) } else { TasksReport(self).show(on: console) }
        if let problem { throw problem }
        if wasCancelled { throw Ended(code: .cancelled) }
        guard !results.allSatisfy(\.isDone) else { return [] }
        // Nobody was there, or there was another reason.
        if results.allSatisfy({ $0.attempts == 0 && !$0.wasDone }), !absent.isEmpty { return absent }
        throw Ended(code: .someFailed)
    }
}
