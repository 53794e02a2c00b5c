import FleetArguments
import FleetBase
import FleetLedger
import FleetTerminal

/// `fleet runs show ID`: what each task of a run did.
struct RunsShow: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Message("show the tasks of a run and what came of each"),
        seeAlso: ["fleet logs", "fleet runs"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of it, or last"), completion: .values("runs"))
    var name: String

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let (ledger, run) = try await context.project(global).run(named: name)
        let record = RunRecord(
            run: run, tasks: try await ledger.tasks(of: run.id), attempts: try await ledger.attempts(of: run.id))
        if global.json { return try console.json(record.json(console)) }
        record.show(on: console)
    }
}

/// A run as the ledger has it.
struct RunRecord {
    let run: Run
    let tasks: [LedgerTask]
    let attempts: [Attempt]

    /// A task with one of its attempts; a task that nobody tried stands alone.
    private var rows: [(task: LedgerTask, attempt: Attempt?)] {
        let byTask = Dictionary(grouping: attempts, by: \.task)
        return tasks.flatMap { task -> [(LedgerTask, Attempt?)] in
            byTask[task.id].map { own in own.map { (task, $0) } } ?? [(task, nil)]
        }
    }

    func show(on console: Console) {
        console.note(Message("run \(run.id), \(run.started.age()): \(run.command)"))
        let headings: [(title: Message, alignment: Table.Alignment)] = [
            (Message("TASK"), .right), (Message("NAME"), .left), (Message("HOST"), .left), (Message("ENGINE"), .left),
            (Message("METHOD"), .left), (Message("STATE"), .left), (Message("EXIT"), .right), (Message("TIME"), .right),
            (Message("METRICS"), .left),
        ]
        var table = Table(headings)
        for (task, attempt) in rows {
            table.add([
                .init(
                    attempt.map { $0.number > 1 ? "\(task.position).\($0.number)" : "\(task.position)" }
                        ?? "\(task.position)"),
                .init(task.name), .init(attempt?.host.text ?? "–", .cyan), .init(attempt?.engine ?? "–"),
                .init(attempt?.method ?? "–"),
                attempt?.state.shown(console) ?? .init(console.text(Message("not tried")), .dim),
                .init(attempt?.exit.map(String.init) ?? "–"), .init(attempt?.duration?.shown ?? "–"),
                .init(attempt?.metrics?.cell ?? "–"),
            ])
        }
        console.table(table)
        console.failures(attempts.compactMap { attempt in attempt.failure.map { (attempt.host, $0) } })
        guard let folder = attempts.compactMap(\.results).first?.parentFolder else { return }
        console.note(Message("results are in \(folder)"))
    }

    func json(_ console: Console) -> JSONValue {
        .object([
            "run": .string(run.id.text), "command": .string(run.command), "package": JSONValue(run.package),
            "version": JSONValue(run.version), "state": .string(run.state.rawValue),
            "started": .string(run.started.description), "ended": JSONValue(run.ended?.description),
            "tasks": .array(rows.map { Self.json($0.task, $0.attempt, console) }),
        ])
    }

    private static func json(_ task: LedgerTask, _ attempt: Attempt?, _ console: Console) -> JSONValue {
        .object([
            "task": .integer(Int64(task.position)), "name": .string(task.name), "parameters": task.parameters,
            "attempt": JSONValue(attempt?.number), "host": JSONValue(attempt?.host.text),
            "engine": JSONValue(attempt?.engine), "method": JSONValue(attempt?.method),
            "state": JSONValue(attempt?.state.rawValue), "exit": JSONValue(attempt?.exit),
            "signal": JSONValue(attempt?.signal), "seconds": JSONValue(attempt?.duration?.seconds),
            "metrics": attempt?.metrics ?? .object([:]), "results": JSONValue(attempt?.results),
            "failure": JSONValue(attempt?.failure, console),
        ])
    }
}

extension Attempt {
    var duration: Duration? {
        guard let started, let ended else { return nil }
        return ended.duration(since: started)
    }
}

extension Attempt.State {
    /// The word and its colour in a table.
    func shown(_ console: Console) -> Table.Cell {
        let colour: Style.Colour =
            switch self {
            case .done: .green
            case .failed, .lost: .red
            case .cancelled, .planned, .sent, .running: .yellow
            }
        return .init(console.text(words), colour)
    }
}

extension String {
    /// The folder that a path lies in.
    fileprivate var parentFolder: String { split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } }
}
