package import FleetConfig
package import FleetBase
import FleetHosts
package import FleetRuns

/// Brings home what hosts have done by their own schedules.
package struct CollectOperation: Operation {
    package static let name = "runs collect"

    package var hosts: HostSelector?

    package init(from hosts: HostSelector? = nil) { self.hosts = hosts }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> [HostOutcome<[TaskOutcome]>] {
        await context.fleet.collectSchedules(on: try context.hosts(hosts), ledger: try await context.ledger())
    }
}
