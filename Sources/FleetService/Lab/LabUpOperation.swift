import FleetBase
package import FleetLab

/// Starts hosts on this machine, and writes an inventory of them.
package struct LabUpOperation: Operation {
    package static let name = "lab up"
    package static let needsInventory = false

    package var count: Int
    /// The container engines of little machines, one for all or one for each; sshd processes when nil.
    package var engines: [LabEngine]?

    package init(_ count: Int, engines: [LabEngine]? = nil) { (self.count, self.engines) = (count, engines) }

    package func perform(in context: OperationContext) async throws -> [LabMember] {
        let (count, engines, project) = (count, engines, context.project)
        return try await ThreadExecutor.disk.run {
            let lab = project.lab
            _ = try lab.up(count: count, engines: engines)
            try lab.writeInventory(to: project.labInventoryFile)
            return LabMember.all(of: lab)
        }
    }
}
