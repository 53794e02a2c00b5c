import FleetArguments
import FleetBase
import FleetConfig
import FleetEngine
import FleetLedger

/// `fleet tasks status`: which tasks of tasks.yaml have a result, as the files are now.
struct TasksStatus: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: Message("show which tasks of tasks.yaml have a result"),
        discussion: Message("A task whose package, parameters or input files have changed is a new one."),
        seeAlso: ["fleet tasks run", "fleet runs show last"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "FILE|NAME", help: Message("another file than the project's tasks.yaml; which tasks"),
        completion: .values("tasks"))
    var words: [String]

    private struct Row {
        let task: PlannedTask
        let definition: String
        let result: Attempt?
    }

    func run(_ context: CommandContext) async throws {
        let choice = TaskWords(words)
        try await Session.run(context, global) { session in
            let file = try session.project.tasks(file: choice.file.map(context.absolute))
            let checked = try session.project.checkTasks(file, inventory: session.inventory)
            let definitions = try checked.tasks(named: choice.names)
            let plan = session.queuePlan(
                try await session.packages(Set(definitions.compactMap(\.package))), usual: [:])
            let names = Set(definitions.map(\.name))
            let expanded = file.expanded.filter { names.contains($0.definition.name) }
            let run = Run(command: "")
            let tasks = try await ThreadExecutor.disk.run { try plan.tasks(expanded, run: run.id) }
            let ledger = try await session.project.openLedger()
            var rows: [Row] = []
            for (task, source) in zip(tasks, expanded) {
                rows.append(
                    Row(
                        task: task, definition: source.definition.name,
                        result: try await ledger?.success(of: task.record.key)))
            }
            try show(rows, definitions.map(\.name), session.console)
        }
    }

    private func show(_ rows: [Row], _ names: [String], _ console: Console) throws {
        if global.json {
            return try console.json([
                "tasks": rows.map { row in
                    JSONValue.object([
                        "name": .string(row.task.record.name), "task": .string(row.definition),
                        "done": .bool(row.result != nil), "host": JSONValue(row.result?.host.text),
                        "ended": JSONValue(row.result?.ended?.description),
                        "metrics": row.result?.metrics ?? .object([:]), "results": JSONValue(row.result?.results),
                    ])
                }
            ])
        }
        var table = Table([(Message("TASK"), .left), (Message("TASKS"), .right), (Message("DONE"), .right)])
        for name in names {
            let own = rows.filter { $0.definition == name }
            table.add([.init(name), .init("\(own.count)"), .init("\(own.count { $0.result != nil })")])
        }
        console.table(table)
        let done = rows.count { $0.result != nil }
        console.note(Message("\(done) of \(rows.count) tasks are done"))
    }
}

/// `fleet tasks rerun NAME…`: these tasks once more, whatever results they have.
struct TasksRerun: Command {
    static let configuration = CommandConfiguration(
        commandName: "rerun", abstract: Message("run tasks once more, whatever results they have"),
        seeAlso: ["fleet tasks run --again"])

    @OptionGroup var run: TasksRun

    func validate() throws(ArgumentError) {
        guard !TaskWords(run.words).names.isEmpty else {
            throw ArgumentError(.invalid, Message("which tasks?"), hint: Message("for all: fleet tasks run --again"))
        }
    }

    func run(_ context: CommandContext) async throws { try await run.run(context, again: true) }
}
