import FleetBase
import FleetConfig

/// What the folder is in which somebody calls fleet alone.
struct MenuScene: Sendable, Equatable {
    /// The project's name, as its folder; nil where there is none.
    var project: String?
    /// Whether the inventory can be read.
    var isReadable = true
    /// All hosts of the inventory, and those of them that are not this machine.
    var hosts = 0
    var remoteHosts = 0
    var packages: [String] = []
}

extension MenuScene {
    /// Blocks: it reads the project's files.
    init(_ context: CommandContext) {
        guard let project = try? context.project(at: context.variable("FLEET_PROJECT")) else { return }
        self.project = HostText(project.folder.split(separator: "/").last.map(String.init) ?? "/").line
        packages = project.packageNames
        do throws(ConfigError) {
            let file = context.variable("FLEET_INVENTORY").map(context.absolute)
            let inventory = try project.inventory(home: context.home, file: file)
            hosts = inventory.hosts.count
            remoteHosts = inventory.hosts.count { $0.transport == .ssh }
        } catch {
            isReadable = false
        }
    }
}
