package import FleetConfig
import FleetHosts
import FleetRuns

/// Finds what earlier masters have left on hosts, and removes what nobody needs.
package struct ReapOperation: Operation {
    package static let name = "runs reap"

    package var hosts: HostSelector?
    /// Also jobs that another master has started.
    package var foreign = false
    /// Looks, and removes nothing.
    package var isDryRun = false

    package init(on hosts: HostSelector? = nil) { self.hosts = hosts }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> HostJobs {
        let hosts = try context.hosts(hosts)
        let seen = await context.fleet.jobs(on: hosts)
        let fates = JobFates(try await context.service.knownLedger(), context.project, foreign: foreign)
        var jobs: [HostJob] = []
        for outcome in seen {
            for job in outcome.value ?? [] {
                jobs.append(HostJob(host: outcome.host, job: job, fate: try await fates.fate(of: job)))
            }
        }
        return await context.remove(jobs, seen: seen, on: hosts, isDryRun: isDryRun)
    }
}
