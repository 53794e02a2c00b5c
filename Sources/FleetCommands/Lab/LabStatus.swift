import FleetArguments
import FleetBase
import FleetLab
import FleetTerminal

struct LabStatus: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: Message("show the hosts of the lab"))

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let report = LabReport(Lab(project: try context.project(global)))
        if global.json { return try console.json(report.json) }
        guard !report.hosts.isEmpty else { return console.note(Message("there is no lab")) }
        console.table(report.table(console))
    }
}

/// The hosts of a lab, as they are shown.
struct LabReport {
    struct Host {
        let host: LabHost
        let isRunning: Bool

        var json: JSONValue {
            .object([
                "name": .string(host.name), "address": .string(host.address), "port": JSONValue(host.port),
                "engine": JSONValue(host.engine?.rawValue), "running": .bool(isRunning),
            ])
        }
    }

    let hosts: [Host]

    init(_ lab: Lab) { hosts = lab.hosts.map { Host(host: $0, isRunning: $0.process != nil) } }

    var json: JSONValue { .object(["hosts": .array(hosts.map(\.json))]) }

    func table(_ console: Console) -> Table {
        let hasEngines = hosts.contains { $0.host.engine != nil }
        var table = Table(
            [(Message("HOST"), .left), (Message("ADDRESS"), .left), (Message("PORT"), .right)]
                + (hasEngines ? [(Message("ENGINE"), .left)] : []) + [(Message("STATE"), .left)])
        for entry in hosts {
            let host = entry.host
            var row: [Table.Cell] = [.init(host.name), .init(host.address), .init("\(host.port)")]
            if hasEngines { row.append(.init(host.engine?.rawValue ?? "–")) }
            row.append(
                entry.isRunning
                    ? .init(console.text(Message("up")), .green) : .init(console.text(Message("down")), .red))
            table.add(row)
        }
        return table
    }
}
