import FleetArguments
import FleetBase
import FleetConfig
import FleetLab

struct LabUp: Command {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: Message("start hosts on this machine to try things on"),
        discussion: Message(
            "Each host is an sshd process of its own on an address 127.0.0.x, with its own keys and home folder. Nothing of ~/.ssh is read or changed."
        ),
        seeAlso: ["fleet lab down", "fleet demo"])

    @OptionGroup var global: GlobalOptions
    @Option(name: .long("hosts"), valueName: "N", help: Message("how many")) var count = 3

    func validate() throws(ArgumentError) {
        guard Lab.sizes.contains(count) else {
            throw ArgumentError(.invalid, Message("--hosts: a lab has 1 to \(Lab.sizes.upperBound) hosts"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        let lab = Lab(project: project)
        let hosts = try lab.up(count: count)
        try lab.writeInventory(to: project.labInventoryFile)
        if global.json { return try console.json(LabReport(lab)) }
        console.table(LabReport(lab).table(console))
        let example = "fleet --inventory inventory/lab.yaml ping"
        console.note(Message("\(hosts.count) hosts are up. Try them: \(example)"))
    }
}

extension Lab {
    init(project: Project) { self.init(folder: project.workFolder + "/lab") }
}

extension Project {
    var labInventoryFile: String { folder + "/inventory/lab.yaml" }
}
