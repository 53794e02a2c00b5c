import FleetBase
import FleetPackage
package import FleetConfig
package import FleetHosts
package import FleetLedger
import FleetReleases

/// Runs many tasks on many hosts: one connection a host, as many tasks at once as it has slots. ``Placement`` decides.
package struct TaskQueue: StartedRun {
    let fleet: Fleet
    let run: RunID
    let tasks: [PlannedTask]
    let hosts: [Host]
    let ledger: Ledger
    let options: QueueOptions
    let links: [HostLink]
    let numbers: [AttemptNumbers]
    let claims = ClaimedTasks()
    let proofs: [String: Result<SignatureProof, Failure>]
    /// What an earlier master has left.
    let history: QueueHistory
    let tell: @Sendable (QueueEvent) -> Void

    package init(
        _ fleet: Fleet, _ run: RunID, _ tasks: [PlannedTask], on hosts: [Host], ledger: Ledger,
        options: QueueOptions = QueueOptions(), tell: @escaping @Sendable (QueueEvent) -> Void = { _ in }
    ) async throws(LedgerError) {
        (self.fleet, self.run, self.tasks, self.hosts) = (fleet, run, tasks, hosts)
        (self.ledger, self.options, self.tell) = (ledger, options, tell)
        let stores = RunStores(fleet.project)
        links = hosts.map { HostLink(fleet, $0, stores) }
        let history = try QueueHistory(try await ledger.attempts(of: run), tasks: tasks.map(\.record.id))
        self.history = history
        for attempt in history.kept { await links.first { $0.host.name == attempt.host }?.keep(attempt.id) }
        numbers = history.lastNumbers.map { AttemptNumbers(after: $0) }
        var proofs: [String: Result<SignatureProof, Failure>] = [:]
        for package in tasks.compactMap(\.request.package) where proofs[package.version] == nil {
            proofs[package.version] = await fleet.proof(of: package, for: hosts)
        }
        self.proofs = proofs
    }

    enum Signal: Sendable {
        case tick
        case connected(host: Int, Result<Facts, Failure>)
        case ended(attempt: Int, TaskOutcome)
        case stopped
    }

    package func observe() async -> [QueueResult] {
        var state = QueueState(self)
        await refute(state.compareEarlier(), state.results)
        await withTaskGroup(of: Signal.self) { group in
            for host in hosts.indices { connect(host, &group) }
            for (key, attempt) in state.takeUp() { goOn(with: attempt, as: key, state, &group) }
            while !state.placement.isFinished {
                if Task.isCancelled { break }
                for step in state.next() { take(step, &state, &group) }
                state.giveUpIfHopeless()
                if state.isTimeToTell() { tell(.progress(state.progress)) }
                if state.placement.isFinished { break }
                if let wakeup = state.newTimer() {
                    group.addTask {
                        try? await Task.sleep(for: wakeup)
                        return .tick
                    }
                }
                guard let signal = await group.next() else { break }
                hear(signal, &state, &group)
            }
            // Who lost to a faster attempt ends by itself, and after a cancellation everybody does.
            while state.isBusy, let signal = await group.next() { hear(signal, &state, &group) }
            group.cancelAll()
        }
        await cleanUp(state)
        state.explain()
        return state.results
    }

    // MARK: Steps

    private func connect(_ host: Int, _ group: inout TaskGroup<Signal>) {
        let link = links[host]
        group.addTask {
            await link.forgetFacts()
            do throws(Failure) {
                return .connected(host: host, .success(try await link.facts()))
            } catch {
                return .connected(host: host, .failure(error))
            }
        }
    }

    private func take(_ step: PlacementStep, _ state: inout QueueState, _ group: inout TaskGroup<Signal>) {
        switch step {
        case .connect(let host): connect(host, &group)
        case .start(let key, let task, let host):
            let control = state.begin(key, task: task, host: host)
            let attempt = attempt(of: task, on: host, control, state)
            tell(.started(task: task, on: hosts[host].name))
            group.addTask { .ended(attempt: key, await attempt.perform()) }
        case .stop(let key):
            guard let (control, host) = state.control(of: key) else { return }
            let (link, job) = (links[host], control.stop())
            group.addTask {
                // What is just being started has no folder yet, and is ended a moment later.
                while let job, !control.hasEnded {
                    await link.end(job)
                    try? await Task.sleep(for: .seconds(1))
                }
                return .stopped
            }
        }
    }

    private func goOn(
        with attempt: Attempt, as key: Int, _ state: QueueState, _ group: inout TaskGroup<Signal>
    ) {
        guard let task = tasks.firstIndex(where: { $0.record.id == attempt.task }),
            let (control, host) = state.control(of: key)
        else { preconditionFailure("only attempts of this queue's tasks and hosts are taken up") }
        let work = self.attempt(of: task, on: host, control, state)
        group.addTask { .ended(attempt: key, await work.takeUp(attempt)) }
    }

    private func attempt(
        of task: Int, on host: Int, _ control: AttemptControl, _ state: QueueState
    ) -> TaskAttempt {
        let (planned, claims) = (tasks[task], claims)
        var request = planned.request
        if let percent = planned.percentOfMedian, let median = state.median(of: planned.group) {
            request.timeout = min(
                request.timeout, max(.seconds(1), Duration(bounded: median.seconds * Double(percent) / 100)))
        }
        request.inputs += planned.after.flatMap { tasks[$0].results(state.results[$0], in: fleet.project) }
        var attempt = TaskAttempt(
            fleet: fleet, link: links[host], request: request, run: run, task: planned.record, ledger: ledger,
            proofs: request.package.flatMap { proofs[$0.version] } ?? .success(.none),
            folder: planned.folder(in: fleet.project),
            rivals: AttemptRivals(numbers: numbers[task], claim: claims[task], control: control))
        attempt.patience = options.patience
        return attempt
    }

    private func hear(_ signal: Signal, _ state: inout QueueState, _ group: inout TaskGroup<Signal>) {
        switch signal {
        case .tick: state.timers.wokeUp()
        case .stopped: break
        case .connected(let host, .success(let facts)):
            state.connected(host, facts)
            tell(.connected(hosts[host].name, slots: state.placement.hosts[host].slots))
        case .connected(let host, .failure(let failure)):
            state.absent(host, failure)
            tell(.absent(hosts[host].name, failure))
        case .ended(let key, let outcome):
            guard let task = state.task(of: key), let host = state.control(of: key)?.host else { return }
            let wasReady = state.placement.hosts[host].isReady
            for step in state.ended(key, outcome) { take(step, &state, &group) }
            let (refuted, results) = (state.takeRefuted(), state.results)
            if !refuted.isEmpty {
                group.addTask {
                    await refute(refuted, results)
                    return .stopped
                }
            }
            tell(.ended(task: task, outcome))
            if wasReady, !state.placement.hosts[host].isReady, let failure = outcome.failure {
                tell(.setAside(hosts[host].name, failure))
            }
        }
    }

    /// Takes back what the ledger has of results that differ. Where that fails, who takes the run up compares again.
    private func refute(_ positions: [Int], _ results: [QueueResult]) async {
        var failures: [String: Failure] = [:]
        for position in positions { failures[tasks[position].record.id] = results[position].failure }
        if !failures.isEmpty { try? await ledger.refute(failures) }
    }

    // MARK: The end

    /// Removes what is left on the hosts that are there, and what of results there is on this machine beside the results.
    private func cleanUp(_ state: QueueState) async {
        let done = tasks.indices.filter { state.results[$0].isDone }.map { tasks[$0] }
        if options.isResumed {
            let folders = done.map { $0.folder(in: fleet.project) }
            await ThreadExecutor.disk.run { PartialResults.remove(beside: folders) }
        }
        let ids = Set(done.map(\.record.id))
        for link in links { await link.keepNothing(of: ids) }
        let run = state.wasRough || options.isResumed ? run : nil
        // Also after a cancellation, which must leave nothing behind.
        await Task {
            await withTaskGroup(of: Void.self) { group in
                for link in links {
                    group.addTask {
                        let notes = await link.finish(run, isKnown: options.isResumed)
                        if !notes.isEmpty { tell(.left(link.host.name, notes)) }
                    }
                }
            }
        }.value
    }
}
