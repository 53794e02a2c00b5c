package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetReleases

/// Finds out which hosts are alive, what they are and have, and remembers it.
package struct CheckOperation: Operation {
    package static let name = "check"

    package var hosts: HostSelector?

    package init(hosts: HostSelector? = nil) { self.hosts = hosts }

    package struct Result: Sendable {
        package let hosts: [Host]
        package let outcomes: [HostOutcome<Facts>]
        /// The versions that were built here last, by package.
        package let builtVersions: [String: String]
    }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> Result {
        let hosts = try context.hosts(hosts)
        let project = context.project
        let built = try await ThreadExecutor.disk.run { try PackageBuilder(project).builtVersions() }
        let outcomes = await context.fleet.probe(hosts, startsContainers: true)
        await context.remember(outcomes)
        return Result(hosts: hosts, outcomes: outcomes, builtVersions: built)
    }
}
