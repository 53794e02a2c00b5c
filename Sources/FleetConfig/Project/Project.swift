import FleetBase

/// A folder with an inventory, packages and results.
package struct Project: Sendable, Hashable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// A folder that somebody named as a project's.
    package static func existing(at folder: String) throws(ConfigError) -> Project {
        guard TextFile.isFolder(folder + "/inventory") else {
            throw ConfigError(
                .noProject, Message("\(folder) has no inventory/"),
                hint: Message("make a project there with: fleet init \(folder)"))
        }
        return Project(folder: folder)
    }

    /// The nearest folder with an `inventory/`, from `folder` upwards.
    ///
    /// - Parameter folder: an absolute path.
    package static func nearest(to folder: String) throws(ConfigError) -> Project {
        var candidate = folder
        while !TextFile.isFolder(candidate + "/inventory") {
            guard candidate != "/" else {
                throw ConfigError(
                    .noProject, Message("no folder from \(folder) upwards has an inventory/"),
                    hint: Message("make a project here with `fleet init`, or name one with --project"))
            }
            candidate = TextFile.folder(of: candidate)
        }
        return Project(folder: candidate)
    }

    package var hostsFile: String { folder + "/inventory/hosts.yaml" }
    package var stateFile: String { folder + "/inventory/state.json" }
    package var knownHostsFile: String { folder + "/inventory/known_hosts" }
    package var packagesFolder: String { folder + "/packages" }
    package var tasksFile: String { folder + "/tasks.yaml" }
    /// Built archives, the ledger, results; ignored by git.
    package var workFolder: String { folder + "/.fleet" }
    package var ledgerFile: String { workFolder + "/ledger.sqlite" }

    package func packageFile(_ name: String) -> String { "\(packagesFolder)/\(name)/package.yaml" }

    /// Held while hosts.yaml or known_hosts is read, changed and written.
    package var inventoryLock: String { workFolder + "/inventory.lock" }

    package var stateStore: StateStore { StateStore(file: stateFile, lock: workFolder + "/state.lock") }
}
