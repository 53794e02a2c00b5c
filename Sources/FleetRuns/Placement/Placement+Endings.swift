import FleetBase

/// What happened: hosts that came and went, attempts that ended.
extension Placement {
    private static let maximumHostFailures = 10

    /// - Parameter fits: which groups the host may run.
    mutating func connected(_ host: Int, slots: Int, memory: Int64, fits: [Bool]) {
        hosts[host].connected(slots: slots, memory: memory, fits: fits)
    }

    /// The host can't be reached; it is asked again later, unless that would not help.
    mutating func absent(_ host: Int, isFinal: Bool, at now: Duration) {
        hosts[host].absent(isFinal: isFinal, at: now)
    }

    /// A task that an earlier master has finished.
    mutating func wasDone(_ task: Int, on host: Int? = nil) {
        tasks[task].doneOn = host
        ready[tasks[task].definition.group].removeAll { $0 == task }
        finish(task, .done)
    }

    /// What an earlier master has seen.
    mutating func hadFailed(_ task: Int, times: Int) {
        tasks[task].failures = times
        guard times > tasks[task].definition.retries, !tasks[task].isFinal else { return }
        ready[tasks[task].definition.group].removeAll { $0 == task }
        finish(task, .failed)
    }

    /// An attempt that an earlier master has begun, and that may still run.
    mutating func wasStarted(_ task: Int, on host: Int, at now: Duration) -> Int {
        ready[tasks[task].definition.group].removeAll { $0 == task }
        return begin(task, on: host, at: now)
    }

    mutating func ended(_ attempt: Int, _ verdict: AttemptVerdict, at now: Duration) -> [PlacementStep] {
        guard let ended = attempts.removeValue(forKey: attempt) else { return [] }
        let definition = tasks[ended.task].definition
        hosts[ended.host].end(definition, weight: ended.weight)
        tasks[ended.task].running.removeAll { $0 == attempt }
        guard !tasks[ended.task].isFinal else { return [] }
        switch verdict {
        case .done: return succeeded(ended, at: now)
        case .refuted:
            for copy in [ended.task] + definition.copies { refute(copy) }
        case .failed: failed(ended, at: now)
        case .final: if tasks[ended.task].running.isEmpty { finish(ended.task, .failed) }
        case .hostFailed, .hostUnfit: hostFailed(ended, isUnfit: verdict == .hostUnfit, at: now)
        case .dropped: requeue(ended.task, after: .seconds(1), at: now)
        }
        return []
    }

    /// Gives up what is not done: nothing that is there can run it.
    mutating func giveUp() -> [Int] {
        let left = tasks.indices.filter { !tasks[$0].isFinal && tasks[$0].running.isEmpty }
        for task in left { finish(task, .failed) }
        return left
    }

    private mutating func succeeded(_ attempt: PlacementAttempt, at now: Duration) -> [PlacementStep] {
        let group = tasks[attempt.task].definition.group
        let took = (now - attempt.started).seconds
        if let expected = expected(attempt.task), expected > 0 {
            hosts[attempt.host].delay.add(took / expected)
        }
        durations[group].add(took / max(hosts[attempt.host].slowness, 0.01))
        tasks[attempt.task].doneOn = attempt.host
        let losers = tasks[attempt.task].running
        finish(attempt.task, .done)
        for loser in losers { attempts[loser]?.isStopped = true }
        return losers.map { .stop(attempt: $0) }
    }

    /// None of the results that differ counts; which is wrong nobody knows.
    mutating func refute(_ task: Int) {
        guard tasks[task].state == .done else { return finish(task, .failed) }
        tasks[task].state = .failed
        for next in dependants[task] where !tasks[next].isFinal { finish(next, .skipped) }
    }

    private mutating func failed(_ attempt: PlacementAttempt, at now: Duration) {
        let task = attempt.task
        tasks[task].failures += 1
        tasks[task].failedOn.insert(attempt.host)
        guard tasks[task].running.isEmpty else { return }
        guard tasks[task].failures <= tasks[task].definition.retries else { return finish(task, .failed) }
        requeue(task, after: backOff(tasks[task].failures), at: now)
    }

    private mutating func hostFailed(_ attempt: PlacementAttempt, isUnfit: Bool, at now: Duration) {
        let (task, host) = (attempt.task, attempt.host)
        hosts[host].failed(isUnfit: isUnfit, at: now)
        tasks[task].hostFailures += 1
        tasks[task].failedOn.insert(host)
        guard tasks[task].running.isEmpty else { return }
        guard tasks[task].hostFailures < Self.maximumHostFailures else { return finish(task, .failed) }
        requeue(task, after: backOff(tasks[task].hostFailures), at: now)
    }

    /// Doubling from half a second to a minute, give or take a half, so that many do not come back together.
    private mutating func backOff(_ failures: Int) -> Duration {
        let base = min(60, 0.5 * Double(1 << min(failures - 1, 10)))
        return .seconds(base * Double.random(in: 0.5...1.5, using: &random))
    }

    private mutating func requeue(_ task: Int, after pause: Duration, at now: Duration) {
        guard tasks[task].running.isEmpty else { return }
        if pause > .zero {
            tasks[task].state = .paused
            tasks[task].pausedUntil = now + pause
            paused.insert(task)
        } else {
            enqueue(task)
        }
    }

    mutating func enqueue(_ task: Int) {
        tasks[task].state = .ready
        paused.remove(task)
        let group = tasks[task].definition.group
        let place = ready[group].firstIndex { !comesBefore($0, task) } ?? ready[group].endIndex
        ready[group].insert(task, at: place)
    }

    private mutating func finish(_ task: Int, _ state: PlacementTask.State) {
        guard !tasks[task].isFinal else { return }
        tasks[task].state = state
        paused.remove(task)
        unfinished -= 1
        for next in dependants[task] where !tasks[next].isFinal {
            if state == .done {
                tasks[next].missing -= 1
                if tasks[next].missing == 0 { enqueue(next) }
            } else {
                finish(next, .skipped)
            }
        }
    }
}
