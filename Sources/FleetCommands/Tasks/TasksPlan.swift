import FleetArguments
import FleetBase
import FleetConfig
import FleetRuns
import FleetService
import FleetTerminal

/// `fleet tasks plan`: what of tasks.yaml would run where, and why something can't; nothing is sent or started.
struct TasksPlan: Command {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: Message("show which hosts can do the tasks of tasks.yaml, and why others can't"),
        discussion: Message(
            "Asks each host what it is and has. The first word is a file when it has a slash or ends in .yaml or .yml; all others are names of tasks, all tasks when there is none."
        ),
        seeAlso: ["fleet check", "fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("list"), help: Message("every single task, with what is swept over")) var list
    @Argument(
        valueName: "FILE|NAME", help: Message("another file than the project's tasks.yaml; which tasks"),
        completion: .values("tasks"))
    var words: [String]

    func run(_ context: CommandContext) async throws {
        let choice = TaskWords(words)
        try await Session.run(context, global) { session in
            let file = try session.project.tasks(file: choice.file.map(context.absolute))
            let checked = try session.project.checkTasks(file, inventory: session.inventory)
            let tasks = try checked.tasks(named: choice.names)
            let hosts = try session.hosts(selector)
            let outcomes = await session.fleet.probe(hosts)
            let plan = TaskPlan(tasks, of: checked, on: hosts, outcomes)
            try TaskPlanReport(plan, checked).show(list: list, json: global.json, session.console)
            if Task.isCancelled { throw Ended(code: .cancelled) }
            guard plan.homeless > 0 else { return }
            try session.end(outcomes.map(\.failure))
            throw Ended(code: .someFailed)
        }
    }
}
