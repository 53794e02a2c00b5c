import FleetArguments
import FleetBase
import FleetRuns
import FleetService
import FleetViews

/// `fleet tasks plan`: what of tasks.yaml would run where, and why something can't; nothing is sent or started.
struct TasksPlan: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: Message("show which hosts can do the tasks of tasks.yaml, and why others can't"),
        discussion: Message(
            "Asks each host what it is and has. The first word is a file when it has a slash or ends in .yaml or .yml; all others are names of tasks, all tasks when there is none."
        ),
        examples: [
            CommandExample("fleet tasks plan", Message("shows the hosts for all tasks, and starts nothing")),
            CommandExample("fleet tasks plan sweep --list", Message("shows every single task of a sweep")),
        ],
        seeAlso: ["fleet check", "fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("list"), help: Message("show every single task, with its values of the sweep")) var list
    @Argument(
        valueName: "FILE|NAME", help: Message("a file to read instead of the project's tasks.yaml; names of tasks"),
        completion: .values("tasks"))
    var words: [String]

    func run(_ context: CommandContext) async throws {
        let operation = TaskPlanOperation(TaskWords(words).absolute(context), on: selector.selector)
        try await context.perform(operation, global) { result, console in
            if global.json {
                try console.json(TaskPlanView(result))
            } else {
                TaskPlanReport(result.plan).show(list: list, on: console)
            }
            if Task.isCancelled { throw Ended(code: .cancelled) }
            guard result.plan.homeless > 0 else { return [] }
            try context.end(result.outcomes.map(\.failure), console)
            throw Ended(code: .someFailed)
        }
    }
}
