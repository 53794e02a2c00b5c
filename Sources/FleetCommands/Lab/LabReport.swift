import FleetBase
import FleetTerminal
import FleetViews

/// The hosts of a lab, as a table shows them.
struct LabReport {
    private let view: LabView

    init(_ view: LabView) { self.view = view }

    func table(_ console: Console) -> Table {
        let hasEngines = view.hosts.contains { $0.engine != nil }
        var table = Table(
            [(Message("HOST"), .left), (Message("ADDRESS"), .left), (Message("PORT"), .right)]
                + (hasEngines ? [(Message("ENGINE"), .left)] : []) + [(Message("STATE"), .left)])
        for host in view.hosts {
            var row: [Table.Cell] = [.init(host.name), .init(host.address), .init("\(host.port)")]
            if hasEngines { row.append(.init(host.engine ?? "–")) }
            row.append(
                host.running ? .init(console.text(Message("up")), .green) : .init(console.text(Message("down")), .red))
            table.add(row)
        }
        return table
    }
}
