import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
import FleetService
import FleetTerminal

/// A run, as the table shows it.
struct RunReport {
    private let outcomes: [TaskOutcome]
    private let metrics: [Metric]
    private let run: RunID

    init(_ result: RunOperation.Result) {
        self.init(result.outcomes, metrics: result.package.metrics, of: result.run)
    }

    init(_ outcomes: [TaskOutcome], metrics: [Metric], of run: RunID) {
        (self.run, self.outcomes, self.metrics) = (run, outcomes, metrics)
    }

    func show(on console: Console) {
        console.table(table(console))
        console.warnings(outcomes.flatMap { outcome in outcome.missingNotes.map { (outcome.host, $0) } })
        console.warnings(outcomes.flatMap { outcome in outcome.notes.map { (outcome.host, $0) } })
        console.failures(outcomes.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
        if let folder = outcomes.compactMap(\.results).first?.split(separator: "/").dropLast().joined(separator: "/") {
            console.note(Message("results are in /\(folder)"))
        }
        if outcomes.contains(where: { $0.failure?.kind == .cancelled }) {
            console.note(Message("go on with: fleet runs resume \(run.text)"))
        }
    }

    private func table(_ console: Console) -> Table {
        let headings: [(title: Message, alignment: Table.Alignment)] =
            [
                (Message("HOST"), .left), (Message("ENGINE"), .left), (Message("METHOD"), .left),
                (Message("STATE"), .left), (Message("TIME"), .right),
            ] + metrics.map { (Message(verbatim: $0.name), .right) }
        let least = [2, 1] + headings.indices.dropFirst(5).reversed() + [4]
        var table = Table(headings, thrift: Table.Thrift(dropping: least))
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
