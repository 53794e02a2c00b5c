package import FleetBase
package import FleetConfig
import FleetEvents
package import FleetHosts
package import FleetLedger
import FleetReleases

extension Fleet {
    /// Has Slurm run tasks, and writes the end of their run down.
    ///
    /// - Parameter login: where sbatch is called; fleet's folder there is one that the nodes see, too.
    func perform(
        _ tasks: [PlannedTask], of run: RunID, by options: SlurmOptions, on login: Host, ledger: Ledger,
        tell: @escaping @Sendable (QueueEvent) -> Void
    ) async throws(LedgerError) -> QueueReport {
        let history = try QueueHistory(try await ledger.attempts(of: run), tasks: tasks.map(\.record.id))
        var proofs: [String: Result<SignatureProof, Failure>] = [:]
        for package in tasks.compactMap(\.request.package) where proofs[package.version] == nil {
            proofs[package.version] = await proof(of: package, for: [login])
        }
        events.of(run).tell(.runStarted(Event.RunStart(tasks: tasks.count)))
        let queue = SlurmQueue(
            fleet: self, run: run, tasks: tasks,
            names: Dictionary(tasks.map { ($0.record.id, $0.record.name) }) { first, _ in first }, options: options,
            link: HostLink(self, login), ledger: ledger,
            proofs: proofs, tell: tell)
        let results = await queue.perform(history)
        let state: Run.State =
            if Task.isCancelled { .cancelled } else { results.allSatisfy(\.isDone) ? .done : .failed }
        let problem = await ledger.end(run, state)
        events.of(run).tell(.runEnded(Event.RunEnd(state)))
        return QueueReport(
            run: run, tasks: tasks, results: results, problem: problem, wasCancelled: state == .cancelled)
    }

    /// Takes from Slurm what it still has of a run, and removes all that the run has left on the login host.
    ///
    /// - Returns: the names of the jobs that had not ended.
    package func endSlurm(
        _ run: RunID, _ attempts: [Attempt], on login: [Host]
    ) async -> [HostOutcome<DiscardedJobs>] {
        await onEach(of: login) { host throws(Failure) in
            let link = HostLink(self, host)
            try await end(attempts, of: run, over: link)
            return DiscardedJobs(removed: Set(attempts.filter { !$0.state.isFinal }.map(\.id)))
        }
    }

    func end(_ attempts: [Attempt], of run: RunID, over link: HostLink) async throws(Failure) {
        guard await link.stores.results.settle() else { throw link.stores.results.failure }
        let jobs = attempts.compactMap { attempt in
            JobName(attempt.id).map { SlurmJob(position: $0.position, attempt: $0.attempt) }
        }
        let names = Set(jobs.map { $0.array(in: run) }).sorted().joined(separator: ",")
        let words = [link.host.rootWord, ShellWord(run.text), ShellWord(names)]
        let result = try await link.withShell { shell throws(Failure) in
            try await shell.run(.slurmEnd, words, deadline: .after(.seconds(120)))
        }
        guard result.status != 0 else { return }
        throw Failure(.lost, Message("what Slurm has of the run could not be ended: \(result.reason)"))
    }
}
