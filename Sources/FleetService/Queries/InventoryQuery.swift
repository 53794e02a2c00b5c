import FleetBase
package import FleetConfig

/// The hosts of the inventory, with what is remembered of each; nobody is called.
package struct InventoryQuery: Query {
    /// All when nil.
    package var hosts: HostSelector?

    package init(_ hosts: HostSelector? = nil) { self.hosts = hosts }

    package func answer(by service: FleetService) async throws -> [KnownHost] {
        let store = service.project.stateStore
        let state = try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.read() }
        let inventory = try service.currentInventory
        return try (hosts?.select(from: inventory) ?? inventory.hosts).map { host in
            KnownHost(host: host, state: state[host.name], connection: HostConnection(to: host, inventory, service))
        }
    }
}

/// A host with where it is reached and what is remembered of it.
package struct KnownHost: Sendable {
    package let host: Host
    /// Nil when it was not seen yet.
    package let state: HostState?
    /// Nil for this machine, which is reached without SSH.
    package let connection: HostConnection?
}
