package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetReleases

/// Finds out which host has which versions of packages, and remembers it.
package struct VersionsOperation: Operation {
    package static let name = "versions"

    /// All when empty.
    package var packages: [String]
    package var hosts: HostSelector?

    package init(_ packages: [String] = [], on hosts: HostSelector? = nil) {
        (self.packages, self.hosts) = (packages, hosts)
    }

    package struct Result: Sendable {
        /// Those that were asked about; else all that are built here or lie on a host, by name.
        package let packages: [String]
        /// The versions that were built here last, by package.
        package let builtVersions: [String: String]
        package let outcomes: [HostOutcome<Facts>]
    }

    package func checkNames(in context: OperationContext) async throws {
        try await context.checkPackages(packages, on: try context.hosts(hosts))
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let hosts = try context.hosts(hosts)
        let project = context.project
        let built = try await ThreadExecutor.disk.run { try PackageBuilder(project).builtVersions() }
        let outcomes = await context.fleet.probe(hosts)
        await context.remember(outcomes)
        let found = Set(outcomes.flatMap { $0.value?.packages.keys.map(\.self) ?? [] }).union(built.keys)
        // A host that is not there may have what nobody else knows of.
        if outcomes.allSatisfy({ $0.failure == nil }) {
            let known = found.union(project.packageNames)
            for name in packages where !known.contains(name) {
                throw ConfigError.unknown(name, kind: Message("package"), among: known.sorted())
            }
        }
        return Result(
            packages: packages.isEmpty ? found.sorted() : packages, builtVersions: built, outcomes: outcomes)
    }
}
