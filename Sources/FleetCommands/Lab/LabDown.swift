import FleetArguments
import FleetBase
import FleetLab
import Glibc

struct LabDown: Command {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: Message("end the hosts of the lab and remove all that is theirs"))

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        let project = try context.project(global)
        let lab = Lab(project: project)
        let count = lab.hosts.count
        try lab.down()
        unlink(project.labInventoryFile)
        let console = context.console(global)
        console.note(count == 0 ? Message("there is no lab") : Message("the lab is gone: \(count) hosts"))
    }
}
