import FleetConfig
import FleetLedger
import FleetRuns

/// Decides which jobs somebody still needs; reads each run once.
actor JobFates {
    private struct Known {
        let tasks: [LedgerTask]
        let attempts: [Attempt]
    }

    private let ledger: Ledger?
    private let project: Project
    /// Whether other masters' jobs go, too.
    private let foreign: Bool
    private var known: [RunID: Known] = [:]

    init(_ ledger: Ledger?, _ project: Project, foreign: Bool) {
        (self.ledger, self.project, self.foreign) = (ledger, project, foreign)
    }

    func fate(of job: RemoteJob) async throws(LedgerError) -> HostJob.Fate {
        let stranger: HostJob.Fate = foreign ? .removed : .foreign
        guard let name = JobName(job.id) else { return stranger }
        if RunLock.isHeld(name.run, in: project) { return .inUse }
        guard let known = try await known(of: name.run), let attempt = known.attempts.first(where: { $0.id == job.id })
        else { return stranger }
        let hasResult = known.attempts.contains { $0.task == attempt.task && $0.state == .done }
        let canResume = known.tasks.first { $0.id == attempt.task }?.spec != nil
        return attempt.state.isFinal || hasResult || !canResume ? .removed : .resumable
    }

    private func known(of run: RunID) async throws(LedgerError) -> Known? {
        if let known = known[run] { return known }
        guard let ledger else { return nil }
        let found = Known(tasks: try await ledger.tasks(of: run), attempts: try await ledger.attempts(of: run))
        known[run] = found
        return found
    }
}
