import FleetBase
import FleetLedger
import FleetService
import FleetTerminal

/// What each task of a run did, as the table shows it.
struct RunRecordReport {
    private let record: RunRecord

    init(_ record: RunRecord) { self.record = record }

    func show(on console: Console) {
        console.note(Message("run \(record.run.id), \(record.run.started.age()): \(record.run.command)"))
        let headings: [(title: Message, alignment: Table.Alignment)] = [
            (Message("TASK"), .right), (Message("NAME"), .left), (Message("HOST"), .left), (Message("ENGINE"), .left),
            (Message("METHOD"), .left), (Message("STATE"), .left), (Message("EXIT"), .right), (Message("TIME"), .right),
            (Message("METRICS"), .left),
        ]
        var table = Table(headings, thrift: Table.Thrift(cutting: [8], dropping: [3, 4, 6, 8, 0, 7]))
        for (task, attempt) in record.rows {
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
        console.failures(record.attempts.compactMap { attempt in attempt.failure.map { (attempt.host, $0) } })
        guard let folder = record.attempts.compactMap(\.results).first?.parentFolder else { return }
        console.note(Message("results are in \(folder)"))
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
