import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet tasks status`: which tasks of tasks.yaml have a result, as the files are now.
struct TasksStatus: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: Message("show which tasks of tasks.yaml have a result"),
        discussion: Message("A task whose package, parameters or input files have changed is a new one."),
        examples: [
            CommandExample("fleet tasks status", Message("shows which tasks have a result")),
            CommandExample("fleet tasks status sweep", Message("shows one task")),
        ],
        seeAlso: ["fleet tasks run", "fleet runs show last"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "FILE|NAME", help: Message("a file to read instead of the project's tasks.yaml; names of tasks"),
        completion: .values("tasks"))
    var words: [String]

    func run(_ context: CommandContext) async throws {
        try await context.perform(TaskStatusOperation(TaskWords(words).absolute(context)), global) { result, console in
            if global.json { try console.json(TaskStatusView(result)) } else { show(result, console) }
            return []
        }
    }

    private func show(_ result: TaskStatusOperation.Result, _ console: Console) {
        var table = Table([(Message("TASK"), .left), (Message("TASKS"), .right), (Message("DONE"), .right)])
        for name in result.definitions {
            let own = result.tasks.filter { $0.definition == name }
            table.add([.init(name), .init("\(own.count)"), .init("\(own.count { $0.result != nil })")])
        }
        console.table(table)
        let done = result.tasks.count { $0.result != nil }
        console.note(Message("tasks done: \(done) of \(result.tasks.count)"))
    }
}
