import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
import FleetTerminal

/// `fleet runs`: the latest runs, the newest first.
struct RunsList: Command {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Message("show the latest runs, the newest first"), seeAlso: ["fleet runs show"])

    @OptionGroup var global: GlobalOptions
    @Option(name: .short("n"), .long("limit"), valueName: "N", help: Message("how many")) var limit = 20

    func validate() throws(ArgumentError) {
        guard limit > 0 else { throw ArgumentError(.invalid, Message("--limit must be at least 1")) }
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        let ledger = try await project.openLedger()
        var rows: [RunRow] = []
        for run in try await ledger?.runs(limit: limit) ?? [] {
            let done = Set(try await ledger?.attempts(of: run.id).filter { $0.state == .done }.map(\.task) ?? [])
            rows.append(
                RunRow(
                    run: run, tasks: try await ledger?.tasks(of: run.id).count ?? 0, done: done.count,
                    isAbandoned: project.isAbandoned(run)))
        }
        if global.json { return try console.json(["runs": rows.map(\.json)]) }
        guard !rows.isEmpty else { return console.note(Message("there are no runs yet")) }
        var table = Table([
            (Message("RUN"), .left), (Message("STATE"), .left), (Message("DONE"), .right), (Message("TIME"), .right),
            (Message("STARTED"), .left), (Message("COMMAND"), .left),
        ])
        for row in rows { table.add(row.cells(console)) }
        console.table(table)
    }
}

/// A run with how far it came.
struct RunRow {
    let run: Run
    let tasks: Int
    let done: Int
    /// Its fleet is dead.
    let isAbandoned: Bool

    private var duration: Duration? { run.ended.map { $0.duration(since: run.started) } }

    func cells(_ console: Console) -> [Table.Cell] {
        [
            .init(run.id.text, .cyan),
            isAbandoned ? .init(console.text(Message("abandoned")), .yellow) : run.state.shown(console),
            .init("\(done)/\(tasks)"),
            .init(duration?.shown ?? "–"), .init(console.text(run.started.age())), .init(run.command),
        ]
    }

    var json: JSONValue {
        .object([
            "run": .string(run.id.text), "command": .string(run.command), "package": JSONValue(run.package),
            "version": JSONValue(run.version), "state": .string(run.state.rawValue),
            "started": .string(run.started.description), "ended": JSONValue(run.ended?.description),
            "seconds": JSONValue(duration?.seconds), "tasks": .integer(Int64(tasks)),
            "done": .integer(Int64(done)), "abandoned": .bool(isAbandoned),
        ])
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
