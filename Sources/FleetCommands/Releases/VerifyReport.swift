import FleetBase
import FleetService
import FleetTerminal

/// What was found on hosts, as a table and warnings show it.
struct VerifyReport {
    private static let longestPath = 200
    private static let shownPaths = 5

    private let outcomes: VerifyOperation.Result

    init(_ outcomes: VerifyOperation.Result) { self.outcomes = outcomes }

    func print(to console: Console) {
        console.table(table(console))
        console.warnings(outcomes.flatMap { outcome in (outcome.value?.notes ?? []).map { (outcome.host, $0) } })
        for outcome in outcomes {
            for (release, files) in (outcome.value?.damaged ?? [:]).sorted(by: { $0.key < $1.key }) {
                let (name, list) = (release.name, Self.list(files))
                console.warning(Message("\(outcome.host): damaged in \(name): \(list)"))
            }
            console.failures((outcome.value?.problems ?? [:]).values.map { (outcome.host, $0) })
        }
        if outcomes.allSatisfy({ $0.value?.isEmpty == true }) {
            console.note(Message("these hosts have nothing of the package"))
        }
        console.failures(of: outcomes)
        var told: Set<Message> = []
        for hint in outcomes.compactMap({ $0.value?.failure?.hint }) where told.insert(hint).inserted {
            console.hint(hint)
        }
    }

    private func table(_ console: Console) -> Table {
        var table = Table(
            [
                (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("VERSION"), .left),
                (Message("FILES"), .right), (Message("STATE"), .left),
            ], thrift: Table.Thrift(cutting: [4], dropping: [3]))
        for outcome in outcomes {
            guard let found = outcome.value else { continue }
            for release in found.releases {
                let state: (words: Message, colour: Style.Colour) =
                    switch found.state(of: release) {
                    case .repaired: (Message("repaired"), .green)
                    case .damaged(let count, orMore: true): (Message("damaged files: \(count) or more"), .red)
                    case .damaged(let count, orMore: false): (Message("damaged files: \(count)"), .red)
                    case .unsigned: (Message("not signed"), .red)
                    case .wronglySigned: (Message("wrong signature"), .red)
                    case .whole: (Message("whole"), .green)
                    }
                table.add([
                    .init(outcome.host.text), .init(release.name), .init(release.version),
                    .init(found.checked[release].map { "\($0)" } ?? "–"),
                    .init(console.text(state.words), state.colour),
                ])
            }
        }
        return table
    }

    private static func list(_ files: [String]) -> String {
        let shown = files.prefix(shownPaths).map { HostText($0).line(atMost: longestPath) }.joined(separator: ", ")
        return shown + (files.count > shownPaths ? " …" : "")
    }
}
