package import FleetBase
package import FleetConfig
package import FleetHosts

/// Tries hosts: a login, bytes in both directions, and a tiny job by every method that they have.
package struct DeepCheckOperation: Operation {
    package static let name = "deep-check"

    package var hosts: HostSelector?

    package init(hosts: HostSelector? = nil) { self.hosts = hosts }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> [HostOutcome<HostTrial>] {
        await context.fleet.attempt(try context.hosts(hosts))
    }
}
