package import FleetBase
package import FleetConfig
import FleetHosts
package import FleetReleases

/// Makes an earlier version of a package current again on hosts.
package struct RollbackOperation: Operation {
    package static let name = "rollback"

    package var package: String
    /// Its beginning is enough; the version that was current before when nil.
    package var version: String?
    package var hosts: HostSelector?

    package init(_ package: String, to version: String? = nil, on hosts: HostSelector? = nil) {
        (self.package, self.version, self.hosts) = (package, version, hosts)
    }

    package struct Result: Sendable {
        package let package: String
        package let outcomes: [HostOutcome<Rollback>]
    }

    package func checkNames(in context: OperationContext) async throws {
        try await context.checkPackages([package], on: try context.hosts(hosts))
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let hosts = try context.hosts(hosts)
        try await context.checkPackages([package], on: hosts)
        let outcomes = await context.fleet.rollBack(package, to: version, on: hosts)
        return Result(package: package, outcomes: outcomes)
    }
}
