package import FleetBase
package import FleetConfig
import FleetHosts
package import FleetRuns

/// Finds out what this project has scheduled on hosts, and how many results wait there.
package struct HostSchedulesOperation: Operation {
    package static let name = "schedule list"

    package var hosts: HostSelector

    package init(on hosts: HostSelector) { self.hosts = hosts }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> [HostOutcome<[HostSchedule]>] {
        await context.fleet.schedules(on: try context.hosts(hosts))
    }
}
