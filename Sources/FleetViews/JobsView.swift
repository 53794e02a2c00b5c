import FleetBase
import FleetRuns
package import FleetService

/// What `fleet runs reap --json` and `fleet runs stop --json` print: a row for each job that was found.
package struct JobsView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let job: String
        /// `running`, `ended` or `dead`.
        package let state: String
        package let fate: HostJob.Fate
        /// How long nobody has looked after it, at least.
        package let idleSeconds: Double
        /// Whether it is gone.
        package let removed: Bool

        private enum CodingKeys: String, CodingKey {
            case host, job, state, fate, removed
            case idleSeconds = "idle_seconds"
        }
    }

    package let jobs: [Row]
    /// The hosts that failed, in the order of the inventory.
    package let failures: [FailedHost]

    package init(_ found: HostJobs) {
        jobs = found.jobs.map { job in
            Row(
                host: job.host.text, job: job.job.id, state: job.job.state.rawValue, fate: job.fate,
                idleSeconds: job.job.age.seconds, removed: job.fate == .removed && !found.isDryRun)
        }
        failures = found.seen.failedHosts() + found.removal.flatMap(\.failures).map(FailedHost.init)
    }
}
