import FleetArguments
import FleetBase
import FleetConfig
import FleetLab
import Glibc

struct LabDown: Command {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: Message("end the hosts of the lab and remove all that is theirs"))

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        let project = try context.project(global)
        let lab = Lab(project: project)
        let names = lab.hosts.map(\.name)
        try lab.down()
        unlink(project.labInventoryFile)
        try forget(names, project, context)
        let count = names.count
        let console = context.console(global)
        console.note(count == 0 ? Message("there is no lab") : Message("the lab is gone: \(count) hosts"))
    }

    /// What state.json says of hosts that no longer are says nothing; a host of hosts.yaml by the same name stays.
    private func forget(_ names: [String], _ project: Project, _ context: CommandContext) throws {
        guard access(project.stateFile, F_OK) == 0 else { return }
        let own = (try? project.inventory(home: context.home))?.hosts.map(\.name.text) ?? []
        try project.stateStore.update { state in
            for name in names where !own.contains(name) { state.hosts[name] = nil }
        }
    }
}
