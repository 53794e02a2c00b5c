import FleetBase
import FleetConfig

extension FleetService {
    private var paths: PathBase { PathBase(folder: project.folder, home: home) }

    /// The inventory's file as it is now, to be changed; empty where there is none.
    func hostsFile() async throws -> HostsFileEditor {
        try await ThreadExecutor.disk.run { [file = inventoryPath, paths] () throws(ConfigError) in
            try HostsFileEditor(file: file, paths: paths)
        }
    }

    /// Changes the file as it is now, which may be another than the one that a person was shown before.
    func updateHosts<Value: Sendable>(
        _ change: @escaping @Sendable (inout HostsFileEditor) throws(ConfigError) -> Value
    ) async throws -> Value {
        try await ThreadExecutor.disk.run { [file = inventoryPath, paths, lock = project.inventoryLock] in
            try HostsFileEditor.update(file: file, paths: paths, lock: lock, change)
        }
    }

    /// Sees to it that the known_hosts of hosts name the project's file.
    func nameKnownHosts(of hosts: [HostName]) async throws {
        guard !hosts.isEmpty else { return }
        try await updateHosts { [project] editor throws(ConfigError) in
            for host in hosts { try editor.nameKnownHosts(of: host, in: project) }
        }
    }
}

extension HostsFileEditor {
    /// Sees to it that the host's known_hosts names the project's file.
    mutating func nameKnownHosts(of host: HostName, in project: Project) throws(ConfigError) {
        let known = try inventory[host]?.knownHosts ?? []
        guard !known.contains(project.knownHostsFile) else { return }
        let all = known + [project.shown(project.knownHostsFile)]
        try set("known_hosts", of: host, to: all.count == 1 ? .text(all[0]) : .list(all))
    }
}

extension Project {
    /// Changes what state.json has of a host; nil forgets it.
    func remember(_ host: HostName, _ change: @escaping @Sendable (inout HostState?) -> Void) async throws {
        let store = stateStore
        try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.update { change(&$0[host]) } }
    }
}
