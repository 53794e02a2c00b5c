package import FleetBase
package import FleetConfig
import FleetHosts
package import FleetReleases

/// Reads what lies on hosts again, tells what has changed, and mends it.
package struct VerifyOperation: Operation {
    package static let name = "verify"

    /// All when empty.
    package var packages: [String]
    package var hosts: HostSelector?
    /// Whether damaged versions are sent anew.
    package var repairs = false

    package init(_ packages: [String] = [], on hosts: HostSelector? = nil) {
        (self.packages, self.hosts) = (packages, hosts)
    }

    package func checkNames(in context: OperationContext) async throws {
        try await context.checkPackages(packages, on: try context.hosts(hosts))
    }

    package func perform(in context: OperationContext) async throws -> [HostOutcome<Verification>] {
        let hosts = try context.hosts(hosts)
        try await context.checkPackages(packages, on: hosts)
        return await context.fleet.verify(packages, on: hosts, repairs: repairs)
    }
}
