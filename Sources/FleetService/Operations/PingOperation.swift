package import FleetBase
package import FleetConfig
import FleetHosts

/// Logs in to hosts, and tells how long a login and one command took.
package struct PingOperation: Operation {
    package static let name = "ping"

    package var hosts: HostSelector?

    package init(hosts: HostSelector? = nil) { self.hosts = hosts }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> [HostOutcome<Duration>] {
        await context.fleet.ping(try context.hosts(hosts))
    }
}
