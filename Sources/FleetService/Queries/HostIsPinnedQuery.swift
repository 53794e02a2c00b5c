package import FleetBase
import FleetConfig
import FleetSSH

/// Whether the project's known_hosts has a key of a host.
package struct HostIsPinnedQuery: Query {
    private let host: HostName

    package init(_ host: HostName) { self.host = host }

    package func answer(by service: FleetService) async throws -> Bool {
        let inventory = try await service.hostsFile().inventory
        guard let host = inventory[host], host.transport == .ssh else { return false }
        let endpoint = service.transport.endpoint(for: inventory.destination(of: host))
        return await ThreadExecutor.disk.run { [project = service.project] in
            let text = (try? project.knownHosts()) ?? ""
            return !PinnedKeys(text, file: project.knownHostsFile).keys(for: endpoint).isEmpty
        }
    }
}
