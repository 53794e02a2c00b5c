import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger

/// Brings home what one schedule has done on its host.
struct ScheduleCollection: Sendable {
    let fleet: Fleet
    let link: HostLink
    let schedule: HostSchedule
    let ledger: Ledger

    func perform() async throws(Failure) -> [TaskOutcome] {
        guard !schedule.jobs.isEmpty else { return [] }
        guard let laid = schedule.tasks else {
            let name = schedule.name
            throw Failure(
                .exit, Message("the host has results of \(name), which was not laid by this master"),
                hint: Message("collect them from where it was laid: .fleet/schedules is not whole here"))
        }
        var outcomes: [TaskOutcome] = []
        let runs = Dictionary(grouping: schedule.jobs) { $0.id.run }
        for (run, jobs) in runs.sorted(by: { $0.key < $1.key }) {
            guard run != schedule.busy, jobs.allSatisfy({ $0.state != .running }) else { continue }
            guard let lock = try lock(run) else { continue }
            do {
                outcomes += try await collect(run, jobs, of: laid)
                withExtendedLifetime(lock) {}
            } catch {
                throw Failure(.lost, error.message, hint: error.hint)
            }
        }
        return outcomes
    }

    /// - Returns: nil when another fleet brings the run home.
    private func lock(_ run: RunID) throws(Failure) -> RunLock? {
        do {
            return try RunLock(run, in: fleet.project)
        } catch  where error.code == .resuming {
            return nil
        } catch {
            throw Failure(onMaster: error)
        }
    }

    private func collect(
        _ run: RunID, _ jobs: [HostSchedule.Job], of laid: [ScheduledTask]
    ) async throws(LedgerError) -> [TaskOutcome] {
        var tasks = try await ledger.tasks(of: run)
        if tasks.isEmpty {
            let (name, host) = (schedule.name, link.host.name.text)
            tasks = laid.enumerated().compactMap { $1.record(in: run, position: $0 + 1) }
            let started = jobs.map(\.started).min() ?? .now
            let record = Run(
                command: "fleet schedule: \(name) (\(schedule.when))", hosts: [host], started: started, id: run)
            try await ledger.begin(record, tasks: tasks)
        }
        // Nobody tells of a run but the host that had it.
        guard try await ledger.run(run.text).hosts == [link.host.name.text] else { return [] }
        let known = try await ledger.attempts(of: run)
        var outcomes: [TaskOutcome] = []
        var seen: Set<JobName> = []
        for job in jobs where seen.insert(job.id).inserted {
            guard let task = tasks.first(where: { $0.position == job.id.position }),
                laid.indices.contains(task.position - 1)
            else { continue }
            if known.contains(where: { $0.id == job.id.text && $0.state.isFinal }) {
                // It came home before, and the connection broke before the host heard of it.
                await link.discard(job.id.text)
                continue
            }
            outcomes.append(await takeHome(job, task, laid[task.position - 1], of: run))
        }
        let attempts = try await ledger.attempts(of: run)
        let ended = attempts.compactMap(\.ended).max() ?? .now
        let done = Set(attempts.filter { $0.state == .done }.map(\.task))
        // One that the host never came to has no attempt at all.
        let isDone = tasks.allSatisfy { done.contains($0.id) }
        try await ledger.finish(run, isDone ? .done : .failed, at: ended)
        return outcomes
    }

    private func takeHome(
        _ job: HostSchedule.Job, _ task: LedgerTask, _ about: ScheduledTask, of run: RunID
    ) async -> TaskOutcome {
        var attempt = Attempt(
            task: task.id, number: job.id.attempt, host: link.host.name, engine: about.engine, method: about.method,
            planned: job.started)
        (attempt.state, attempt.started) = (.running, job.started)
        var request = RunRequest(collecting: task)
        request.outputs = about.outputs
        let work = TaskAttempt(
            fleet: fleet, link: link, request: request, run: run, task: task, ledger: ledger,
            proofs: .success(.none), folder: TaskSpec.folder(of: task, in: fleet.project))
        return await work.takeUp(attempt)
    }
}
