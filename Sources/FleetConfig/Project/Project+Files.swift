package import FleetBase
import FoundationEssentials

extension Project {
    /// - Parameters:
    ///   - home: the user's home folder, for `~` in paths.
    ///   - file: another file than the project's own.
    package func inventory(home: String, file: String? = nil) throws(ConfigError) -> Inventory {
        let path = file ?? hostsFile
        guard file != nil || TextFile.exists(path) else {
            throw ConfigError(
                .noProject, Message("\(folder) has no inventory/hosts.yaml"),
                hint: Message("make one with: fleet init \(folder)"))
        }
        return try Inventory(file: path, shownAs: shown(path), paths: PathBase(folder: folder, home: home))
    }

    package func tasks(file: String? = nil) throws(ConfigError) -> TasksFile {
        guard file != nil || TextFile.exists(tasksFile) else {
            throw ConfigError(
                .file, Message("\(folder) has no tasks.yaml"), hint: Message("write one, or name another file"))
        }
        return try TasksFile(file: file ?? tasksFile, shownAs: shown(file ?? tasksFile))
    }

    package func package(_ name: String) throws(ConfigError) -> PackageFile {
        guard packageNames.contains(name) else {
            throw .unknown(name, kind: Message("package"), among: packageNames)
        }
        return try PackageFile(file: packageFile(name), shownAs: shown(packageFile(name)))
    }

    /// The text of `inventory/known_hosts`; empty when there is none yet.
    package func knownHosts() throws(ConfigError) -> String {
        guard TextFile.exists(knownHostsFile) else { return "" }
        return String(decoding: try TextFile.read(knownHostsFile), as: UTF8.self)
    }

    /// Reads, changes and writes `inventory/known_hosts` while no other fleet can; blocks: call it on
    /// `ThreadExecutor.disk`.
    package func updateKnownHosts(
        by deadline: Deadline = .after(.seconds(10)), _ change: (inout String) -> Void
    ) throws(ConfigError) {
        let lock = try FileLock(inventoryLock, deadline: deadline)
        let before = try knownHosts()
        var text = before
        change(&text)
        if text != before { try TextFile.replace(knownHostsFile, with: text) }
        // Held until here.
        _ = consume lock
    }

    /// The folders in `packages/` that hold a `package.yaml`, sorted.
    package var packageNames: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: packagesFolder)) ?? []
        return names.filter { TextFile.exists(packageFile($0)) }.sorted()
    }

    /// A path as errors name it: inside the project, from its folder.
    package func shown(_ path: String) -> String {
        path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
    }
}
