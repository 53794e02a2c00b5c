package import FleetConfig
import FleetHosts
import FleetRuns

/// Ends every job of fleet's on hosts, whoever started it, and removes what it left.
package struct StopJobsOperation: Operation {
    package static let name = "runs stop"

    package var hosts: HostSelector
    /// Looks, and removes nothing.
    package var isDryRun: Bool

    package init(on hosts: HostSelector, isDryRun: Bool = false) { (self.hosts, self.isDryRun) = (hosts, isDryRun) }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> HostJobs {
        let hosts = try context.hosts(hosts)
        let seen = await context.fleet.jobs(on: hosts)
        let jobs = seen.flatMap { outcome in
            (outcome.value ?? []).map { HostJob(host: outcome.host, job: $0, fate: .removed) }
        }
        return await context.remove(jobs, seen: seen, on: hosts, isDryRun: isDryRun)
    }
}
