import FleetBase
package import FleetConfig

/// All that the files say of one host, and where each setting comes from.
package struct HostQuery: Query {
    package var host: String

    package init(_ host: String) { self.host = host }

    package struct Answer: Sendable {
        package let host: KnownHost
        package let settings: [SettingOrigin]
    }

    package func answer(by service: FleetService) async throws -> Answer {
        let hosts = try await InventoryQuery(HostSelector(hosts: [host])).answer(by: service)
        guard let known = hosts.first else {
            throw ConfigError.unknown(
                host, kind: Message("host"), among: try service.currentInventory.hosts.map(\.name.text))
        }
        let (project, file) = (service.project, service.inventoryPath)
        let settings = try await ThreadExecutor.disk.run { () throws(ConfigError) in
            try project.origins(of: known.host, file: file)
        }
        return Answer(host: known, settings: settings)
    }
}
