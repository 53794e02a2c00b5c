package import FleetBase
package import FleetConfig
import FleetHosts
package import FleetReleases

/// Removes old versions of packages from hosts, and what is left of them from this machine.
package struct PruneOperation: Operation {
    package static let name = "prune"
    /// How many versions of each package stay when nobody says otherwise.
    package static let usualKeep = 3

    /// All when empty.
    package var packages: [String]
    /// How many versions of each package stay; with 0 the current one goes as well.
    package var keep: Int
    /// No host when nil.
    package var hosts: HostSelector?
    package var prunesMaster = false
    package var dryRun = false

    package init(_ packages: [String] = [], keep: Int, on hosts: HostSelector?) {
        (self.packages, self.keep, self.hosts) = (packages, keep, hosts)
    }

    package struct Result: Sendable {
        package let outcomes: [HostOutcome<[PrunedRelease]>]
        /// Nil when this machine was not asked for.
        package let master: [PrunedFiles]?
    }

    package func validate() throws(ServiceError) {
        guard keep > 0 || keep == 0 && !packages.isEmpty else {
            throw ServiceError(
                Message("at least 1 version must stay"),
                hint: Message("fleet prune PACKAGE --keep 0 removes a package altogether"))
        }
        guard hosts != nil || prunesMaster else {
            throw ServiceError(
                Message("on which hosts?"),
                hint: Message("fleet prune --all, --hosts A,B or --group G, or --master for this machine"))
        }
    }

    package func checkNames(in context: OperationContext) async throws {
        let hosts = try hosts.map { selector throws(ConfigError) in try context.hosts(selector) } ?? []
        try await context.checkPackages(packages, on: hosts)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let hosts = try hosts.map { selector throws(ConfigError) in try context.hosts(selector) } ?? []
        try await context.checkPackages(packages, on: hosts)
        let outcomes = await context.fleet.prune(packages, keep: keep, on: hosts, dryRun: dryRun)
        if !dryRun { await context.forget(outcomes) }
        return Result(outcomes: outcomes, master: prunesMaster ? try await pruneMaster(context.project) : nil)
    }

    private func pruneMaster(_ project: Project) async throws -> [PrunedFiles] {
        let (packages, keep, dryRun) = (packages, keep, dryRun)
        let (builder, store) = (PackageBuilder(project), project.stateStore)
        return try await ThreadExecutor.disk.run {
            builder.prune(packages, keep: keep, for: try store.read(), dryRun: dryRun)
        }
    }
}
