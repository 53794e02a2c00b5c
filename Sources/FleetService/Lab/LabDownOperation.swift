import FleetBase
import FleetConfig
import FleetHosts
import FleetLab
import Glibc

/// Ends the hosts of the project's lab, and removes all that is theirs.
package struct LabDownOperation: Operation {
    package static let name = "lab down"
    package static let needsInventory = false

    package init() {}

    /// - Returns: how many hosts there were.
    package func perform(in context: OperationContext) async throws -> Int {
        let project = context.project
        let own = (try? project.inventory(home: context.service.home))?.hosts.map(\.name.text) ?? []
        return try await ThreadExecutor.disk.run {
            let (lab, names) = (project.lab, project.lab.hosts.map(\.name))
            try lab.down()
            unlink(project.labInventoryFile)
            try Self.forget(names.filter { !own.contains($0) }, project)
            return names.count
        }
    }

    /// What state.json says of hosts that no longer are says nothing; a host of hosts.yaml by the same name stays.
    private static func forget(_ names: [String], _ project: Project) throws(ConfigError) {
        guard Disk.exists(project.stateFile) else { return }
        try project.stateStore.update { state in
            for name in names { state.hosts[name] = nil }
        }
    }
}
