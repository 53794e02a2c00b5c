package import FleetBase
import FleetConfig
import FleetHosts
package import FleetRuns

/// A job that somebody has left on a host, and what becomes of it.
package struct HostJob: Sendable {
    package enum Fate: String, Sendable, Codable {
        case removed
        /// It should have gone, and its host has not seen that it has.
        case notRemoved = "not-removed"
        /// A fleet of this project works on its run.
        case inUse = "in-use"
        /// Its run can be resumed.
        case resumable
        /// This project's ledger knows nothing of it.
        case foreign
    }

    package let host: HostName
    package let job: RemoteJob
    package var fate: Fate
}

/// What became of the jobs on hosts.
package struct HostJobs: Sendable {
    package let jobs: [HostJob]
    /// Whether nothing was removed, but looked at alone.
    package let isDryRun: Bool
    /// What each host said of its jobs.
    package let seen: [HostOutcome<[RemoteJob]>]
    package let removal: [HostOutcome<DiscardedJobs>]
}

extension OperationContext {
    /// Removes those of the jobs that are to go.
    func remove(
        _ jobs: [HostJob], seen: [HostOutcome<[RemoteJob]>], on hosts: [Host], isDryRun: Bool
    ) async -> HostJobs {
        let doomed = Dictionary(grouping: jobs.filter { $0.fate == .removed }, by: \.host)
        let removal = isDryRun ? [] : await fleet.discard(doomed.mapValues { $0.map(\.job.id) }, on: hosts)
        let left = isDryRun ? jobs : jobs.map { $0.after(removal) }
        return HostJobs(jobs: left, isDryRun: isDryRun, seen: seen, removal: removal)
    }
}

extension HostJob {
    /// Removed is what its host has seen to be gone.
    fileprivate func after(_ removal: [HostOutcome<DiscardedJobs>]) -> HostJob {
        var job = self
        let gone = removal.first { $0.host == host }?.value?.removed ?? []
        if fate == .removed, !gone.contains(self.job.id) { job.fate = .notRemoved }
        return job
    }
}

extension HostOutcome<DiscardedJobs> {
    /// Why something of it is still there.
    package var failures: [(host: HostName, failure: Failure)] {
        [failure, value?.failure].compactMap(\.self).map { (host, $0) }
    }
}
