package import FleetBase
import FleetConfig
import FleetHosts
import FleetReleases

/// Which files of the project can be read, and what is wrong with the others: the inventory, allowed_signers, state.json,
/// every package.yaml and tasks.yaml. No host is called.
package struct ProjectFilesQuery: Query {
    package init() {}

    package func answer(by service: FleetService) async throws -> [CheckedFile] {
        await ThreadExecutor.disk.run { files(of: service) }
    }

    private func files(of service: FleetService) -> [CheckedFile] {
        let (project, home) = (service.project, service.home)
        let (inventory, file) = (service.inventoryPath, service.inventoryFile)
        var files = [
            CheckedFile(project.shown(inventory)) {
                _ = try project.inventory(home: home, file: file)
            }
        ]
        if Disk.exists(project.allowedSignersFile) {
            files.append(
                CheckedFile(project.shown(project.allowedSignersFile)) { _ = try project.allowedSigners() })
        }
        if Disk.exists(project.stateFile) {
            files.append(CheckedFile(project.shown(project.stateFile)) { _ = try project.stateStore.read() })
        }
        for name in project.packageNames {
            files.append(
                CheckedFile(project.shown(project.packageFile(name))) {
                    let file = try PackageFile(
                        file: project.packageFile(name), shownAs: project.shown(project.packageFile(name)))
                    let (builder, folder) = (PackageBuilder(project), "\(project.packagesFolder)/\(name)")
                    try builder.checkBases(of: file, in: folder)
                    try builder.checkPrograms(of: file, in: folder)
                })
        }
        if Disk.exists(project.tasksFile) {
            files.append(
                CheckedFile(project.shown(project.tasksFile)) {
                    _ = try project.checkTasks(
                        try project.tasks(), inventory: try? project.inventory(home: home, file: file))
                })
        }
        return files
    }
}

/// A file of the project that was read.
package struct CheckedFile: Sendable {
    /// The path as people know it.
    package let file: String
    /// Nil when all is well.
    package let error: (any DescribedError)?

    init(_ file: String, _ read: () throws -> Void) {
        self.file = file
        do {
            try read()
            error = nil
        } catch let problem as any DescribedError {
            error = problem
        } catch {
            preconditionFailure("a reader throws errors that describe themselves: \(error)")
        }
    }
}
