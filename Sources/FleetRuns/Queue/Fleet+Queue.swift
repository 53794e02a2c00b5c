package import FleetBase
package import FleetConfig
import FleetEvents
package import FleetHosts
package import FleetLedger

/// What came of a queue, with the tasks it had.
package struct QueueReport: Sendable {
    package let run: RunID
    package let tasks: [PlannedTask]
    package let results: [QueueResult]
    /// Why the ledger does not have the end of it.
    package var problem: LedgerError?
    /// Whether it was stopped before its end.
    package var wasCancelled = false
    /// Why each host was not there, in the order of the hosts; nil for one that was, empty when all were.
    package var absent: [Failure?] = []
    /// The command that began the run, where that was another one.
    package var firstCommand: String?
}

extension Ledger {
    /// Writes the end of a run down.
    ///
    /// - Returns: why the ledger does not have it. What the run has done is done nevertheless, and wants to be told.
    func end(_ run: RunID, _ state: Run.State) -> LedgerError? {
        do throws(LedgerError) {
            // Where a new file has taken the place, SQLite's words would be about that one.
            try checkPlace()
            try finish(run, state)
            try checkPlace()
            return nil
        } catch {
            return error
        }
    }
}

extension Fleet {
    /// Has the backend of a run do its tasks to the end, and writes that end down.
    package func perform(_ work: QueueWork) async throws(LedgerError) -> QueueReport {
        let (run, news) = (work.run, events.of(work.run))
        news.tell(.runStarted(Event.RunStart(tasks: work.tasks.count)))
        let results = try await work.options.backend.backend.start(work, in: self).observe()
        let state: Run.State =
            if Task.isCancelled { .cancelled } else { results.allSatisfy(\.isDone) ? .done : .failed }
        let problem = await work.ledger.end(run, state)
        news.tell(.runEnded(Event.RunEnd(state)))
        return QueueReport(
            run: run, tasks: work.tasks, results: results, problem: problem, wasCancelled: state == .cancelled)
    }

    /// What earlier masters have left on hosts.
    package func jobs(on hosts: [Host]) async -> [HostOutcome<[RemoteJob]>] {
        await onEach(of: hosts) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in try await shell.jobs(on: host) }
        }
    }

    /// Ends jobs and removes their folders and containers.
    ///
    /// - Parameter jobs: their names, by host.
    package func discard(_ jobs: [HostName: [String]], on hosts: [Host]) async -> [HostOutcome<DiscardedJobs>] {
        await onEach(of: hosts.filter { jobs[$0.name]?.isEmpty == false }) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                await shell.discard(jobs[host.name] ?? [], root: host.rootWord)
            }
        }
    }
}
