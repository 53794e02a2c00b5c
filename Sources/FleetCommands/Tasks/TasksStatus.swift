import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
import FleetService
import FleetTerminal

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
            let work = try await session.operation.planned(
                choice.absolute(context), run: Run(command: "").id, usual: [:])
            let ledger = try await session.project.openLedger()
            var rows: [Row] = []
            for (task, source) in zip(work.tasks, work.expanded) where work.names.contains(source.definition.name) {
                rows.append(
                    Row(
                        task: task, definition: source.definition.name,
                        result: try await ledger?.success(of: task.record.key)))
            }
            try show(rows, work.names, session.console)
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
        console.note(Message("tasks done: \(done) of \(rows.count)"))
    }
}
