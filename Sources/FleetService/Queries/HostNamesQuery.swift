package import FleetBase
import FleetConfig

/// Which hosts the inventory names; none in a project that has no inventory.
package struct HostNamesQuery: Query {
    package init() {}

    package func answer(by service: FleetService) async throws -> [HostName] {
        try await service.hostsFile().inventory.hosts.map(\.name)
    }
}
