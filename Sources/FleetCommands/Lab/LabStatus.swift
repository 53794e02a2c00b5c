import FleetArguments
import FleetBase
import FleetLab

struct LabStatus: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: Message("show the hosts of the lab"))

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let report = LabReport(Lab(project: try context.project(global)))
        if global.json { return try console.json(report) }
        guard !report.hosts.isEmpty else { return console.note(Message("there is no lab")) }
        console.table(report.table(console))
    }
}

/// The hosts of a lab, as they are shown.
struct LabReport: Encodable {
    struct Host: Encodable {
        let name: String
        let address: String
        let port: Int
        let running: Bool
    }

    let hosts: [Host]

    init(_ lab: Lab) {
        hosts = lab.hosts.map {
            Host(name: $0.name, address: $0.address, port: $0.port, running: $0.process != nil)
        }
    }

    func table(_ console: Console) -> Table {
        var table = Table([
            (Message("HOST"), .left), (Message("ADDRESS"), .left), (Message("PORT"), .right), (Message("STATE"), .left),
        ])
        for host in hosts {
            table.add([
                .init(host.name), .init(host.address), .init("\(host.port)"),
                host.running
                    ? .init(console.text(Message("up")), .green) : .init(console.text(Message("down")), .red),
            ])
        }
        return table
    }
}
