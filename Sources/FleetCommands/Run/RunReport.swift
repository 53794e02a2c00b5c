import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
import FleetTerminal

/// A run, as `--json` and the table show it.
struct RunReport {
    private let run: RunID
    private let outcomes: [TaskOutcome]
    private let metrics: [Metric]

    init(_ run: RunID, _ outcomes: [TaskOutcome], _ package: PackageFile) {
        self.run = run
        self.outcomes = outcomes
        metrics = package.metrics
    }

    private func json(_ console: Console) -> JSONValue {
        let tasks = outcomes.map { outcome -> JSONValue in
            .object([
                "host": .string(outcome.host.text), "engine": JSONValue(outcome.engine),
                "method": JSONValue(outcome.method?.rawValue), "state": .string(outcome.state.rawValue),
                "exit": JSONValue(outcome.exit), "seconds": JSONValue(outcome.duration?.seconds),
                "metrics": outcome.metrics ?? .object([:]), "results": JSONValue(outcome.results),
                "failure": JSONValue(outcome.failure, console), "missing": outcome.missingJSON(console),
                "notes": outcome.notesJSON(console),
            ])
        }
        return .object(["run": .string(run.text), "tasks": .array(tasks)])
    }

    func show(json: Bool, _ console: Console) throws {
        if json { return try console.json(self.json(console)) }
        console.table(table(console))
        console.warnings(outcomes.flatMap { outcome in outcome.missingNotes.map { (outcome.host, $0) } })
        console.warnings(outcomes.flatMap { outcome in outcome.notes.map { (outcome.host, $0) } })
        console.failures(outcomes.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
        if let folder = outcomes.compactMap(\.results).first?.split(separator: "/").dropLast().joined(separator: "/") {
            console.note(Message("results are in /\(folder)"))
        }
    }

    private func table(_ console: Console) -> Table {
        let headings: [(title: Message, alignment: Table.Alignment)] =
            [
                (Message("HOST"), .left), (Message("ENGINE"), .left), (Message("METHOD"), .left),
                (Message("STATE"), .left), (Message("TIME"), .right),
            ] + metrics.map { (Message(verbatim: $0.name), .right) }
        var table = Table(headings)
        for outcome in outcomes {
            table.add(
                [
                    .init(outcome.host.text), .init(outcome.engine ?? "–"), .init(outcome.method?.rawValue ?? "–"),
                    outcome.state.shown(console), .init(outcome.duration?.shown ?? "–"),
                ] + metrics.map { .init(outcome.metrics?[$0.name]?.cell ?? "–") })
        }
        return table
    }
}
