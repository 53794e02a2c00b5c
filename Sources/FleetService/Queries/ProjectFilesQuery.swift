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
                return []
            }
        ]
        if Disk.exists(project.allowedSignersFile) {
            files.append(
                CheckedFile(project.shown(project.allowedSignersFile)) {
                    _ = try project.allowedSigners()
                    return []
                })
        }
        if Disk.exists(project.stateFile) {
            files.append(
                CheckedFile(project.shown(project.stateFile)) {
                    _ = try project.stateStore.read()
                    return []
                })
        }
        for name in project.packageNames {
            files.append(
                CheckedFile(project.shown(project.packageFile(name))) {
                    try PackageBuilder(project).check(name)
                    try project.package(name).checkNamesOfParameters(at: project.shown(project.packageFile(name)))
                    return []
                })
        }
        if Disk.exists(project.tasksFile) {
            files.append(
                CheckedFile(project.shown(project.tasksFile)) {
                    let inventory = try? project.inventory(home: home, file: file)
                    let tasks = try project.checkTasks(try project.tasks(), inventory: inventory)
                    for task in tasks.file.tasks {
                        try task.checkInputs(from: PathBase(folder: project.folder, home: home))
                    }
                    guard let inventory else { return [] }
                    return tasks.file.tasks.flatMap { $0.unknownTags(in: inventory) }.map(\.message)
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
    /// What is likely to be a mistake, though the file is right in itself.
    package let warnings: [Message]

    /// - Parameter read: gives warnings.
    init(_ file: String, _ read: () throws -> [Message]) {
        self.file = file
        do {
            warnings = try read()
            error = nil
        } catch let problem as any DescribedError {
            (error, warnings) = (problem, [])
        } catch {
            preconditionFailure("a reader throws errors that describe themselves: \(error)")
        }
    }
}
