import FleetArguments
import FleetBase
import FleetLedger
import FleetService
import FleetTerminal
import FleetViews

/// `fleet runs`: the latest runs, the newest first.
struct RunsList: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Message("show the latest runs, the newest first"),
        examples: [
            CommandExample("fleet runs", Message("shows the 20 latest runs")),
            CommandExample("fleet runs -n 100 --json", Message("prints the 100 latest runs as JSON")),
        ],
        seeAlso: ["fleet runs show"])

    @OptionGroup var global: GlobalOptions
    @Option(name: .short("n"), .long("limit"), valueName: "N", help: Message("how many")) var limit = 20

    func run(_ context: CommandContext) async throws {
        try await context.ask(RunsQuery(limit: limit), global) { runs, console in
            if global.json { return try console.json(RunsView(runs)) }
            guard !runs.isEmpty else { return console.note(Message("there are no runs yet")) }
            var table = Table(
                [
                    (Message("RUN"), .left), (Message("STATE"), .left), (Message("DONE"), .right),
                    (Message("TIME"), .right), (Message("STARTED"), .left), (Message("COMMAND"), .left),
                ], thrift: Table.Thrift(cutting: [5], dropping: [4, 3, 5]))
            for run in runs { table.add(run.cells(console)) }
            console.table(table)
        }
    }
}

extension RunSummary {
    fileprivate func cells(_ console: Console) -> [Table.Cell] {
        [
            .init(run.id.text, .cyan),
            isAbandoned ? .init(console.text(Message("abandoned")), .yellow) : run.state.shown(console),
            .init("\(done)/\(tasks)"), .init(run.duration?.shown ?? "–"), .init(console.text(run.started.age())),
            .init(run.command),
        ]
    }
}

extension Run.State {
    fileprivate func shown(_ console: Console) -> Table.Cell {
        switch self {
        case .running: .init(console.text(Message("running")), .yellow)
        case .done: .init(console.text(Message("done")), .green)
        case .failed: .init(console.text(Message("failed")), .red)
        case .cancelled: .init(console.text(Message("cancelled")), .yellow)
        }
    }
}
