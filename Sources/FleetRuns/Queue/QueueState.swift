import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger

/// Where a queue stands: what is placed, and what came of the tasks so far.
struct QueueState {
    private struct Running {
        let task: Int
        let host: Int
        let control: AttemptControl
    }

    let queue: TaskQueue
    private let start = ContinuousClock.now
    var placement: Placement
    var results: [QueueResult]
    /// Tasks whose recorded results do not count, which nobody has written down yet.
    var refuted: [Int] = []
    private var running: [Int: Running] = [:]
    var objections = HostObjections()
    private var durations = GroupDurations()
    var idleSince: Duration?
    var timers = QueueTimers()
    private static let rest = Duration.milliseconds(200)
    private var lastTold: Duration?
    /// When there is something to tell that is not told yet.
    private(set) var tellsNext: Duration?
    /// Something did not end as it should: hosts may hold what nobody knows of.
    private(set) var wasRough = false

    init(_ queue: TaskQueue) {
        self.queue = queue
        results = Array(repeating: QueueResult(), count: queue.tasks.count)
        let definitions = queue.tasks.map { task in
            QueueTask(
                group: task.group, expected: task.expected, after: task.after, retries: task.retries,
                // No host has more, and sums of them stay numbers.
                weight: min(task.request.needs.cores ?? 1, 1 << 20),
                memory: min(task.request.needs.memory?.bytes ?? 0, 1 << 50),
                copies: task.copies)
        }
        placement = Placement(
            definitions, groups: queue.groups, hosts: queue.hosts.count,
            duplicates: queue.options.duplicates)
        for (task, attempt) in queue.history.done {
            placement.wasDone(task, on: queue.hosts.firstIndex { $0.name == attempt.host })
            _ = queue.claims.claim(task)
            results[task].wasDone = true
            results[task].outcome = TaskOutcome(attempt)
        }
        for (task, attempt) in queue.history.failed where !results[task].wasDone {
            results[task].outcome = TaskOutcome(attempt)
            results[task].failure = attempt.failure
            let count = queue.history.open.contains { $0.task == task } ? 0 : queue.history.failures[task] ?? 0
            placement.hadFailed(task, times: count)
        }
    }

    var now: Duration { .now - start }

    /// Everything that can be started now.
    mutating func next() -> [PlacementStep] { placement.next(at: now) }

    // MARK: Attempts

    /// Attempts of an earlier master that may still run.
    ///
    /// - Returns: each with its key.
    mutating func takeUp() -> [(Int, Attempt)] {
        var taken: [(Int, Attempt)] = []
        for (task, attempt) in queue.history.open {
            guard let host = queue.hosts.firstIndex(where: { $0.name == attempt.host }),
                [.ready, .running].contains(placement.tasks[task].state)
            else { continue }
            let key = placement.wasStarted(task, on: host, at: now)
            running[key] = Running(task: task, host: host, control: AttemptControl())
            taken.append((key, attempt))
        }
        return taken
    }

    mutating func begin(_ key: Int, task: Int, host: Int) -> AttemptControl {
        let control = AttemptControl()
        running[key] = Running(task: task, host: host, control: control)
        return control
    }

    func task(of key: Int) -> Int? { running[key]?.task }
    func control(of key: Int) -> (AttemptControl, host: Int)? { running[key].map { ($0.control, $0.host) } }
    var isBusy: Bool { !running.isEmpty }

    mutating func ended(_ key: Int, _ outcome: TaskOutcome) -> [PlacementStep] {
        guard let attempt = running.removeValue(forKey: key) else { return [] }
        attempt.control.ends()
        let task = attempt.task
        results[task].attempts += 1
        var verdict = verdict(on: outcome)
        if verdict == .done { durations.add(outcome.duration ?? .zero, to: queue.tasks[task].group) }
        if [.hostFailed, .hostUnfit, .dropped].contains(verdict) { wasRough = true }
        if verdict == .hostUnfit, let failure = outcome.failure { objections.absent(attempt.host, failure) }
        if results[task].outcome?.state != .done, verdict != .dropped || results[task].outcome == nil {
            results[task].outcome = outcome
            results[task].failure = outcome.failure
        }
        if verdict == .done, let difference = difference(task) {
            verdict = .refuted
            refuted += refute(task, difference)
        }
        return placement.ended(key, verdict, at: now)
    }

    private func verdict(on outcome: TaskOutcome) -> AttemptVerdict {
        guard outcome.state != .done else { return .done }
        guard outcome.state != .cancelled, let failure = outcome.failure else { return .dropped }
        switch failure.kind.fault {
        case .master: return .final
        case .task where failure.kind.isAboutResults: return .final
        case .task: return .failed
        case .host where failure.kind == .noSpace: return outcome.exit == nil ? .hostUnfit : .failed
        case .host where failure.kind == .start: return .hostUnfit
        case .host, .network, .user: return .hostFailed
        }
    }

    func median(of group: Int) -> Duration? { durations.median(of: group) }

    // MARK: Telling

    /// A few times a second are enough: with many tasks the numbers take a while. What is not told now is told soon.
    mutating func isTimeToTell() -> Bool {
        let now = now
        if let lastTold, now - lastTold < Self.rest, !placement.isFinished {
            tellsNext = lastTold + Self.rest
            return false
        }
        (lastTold, tellsNext) = (now, nil)
        return true
    }

    var progress: QueueProgress {
        var progress = QueueProgress()
        progress.total = results.count
        for task in placement.tasks.indices {
            switch placement.tasks[task].state {
            case .done: progress.done += 1
            case .failed, .skipped: progress.failed += 1
            case .running: progress.running += 1
            case .waiting, .paused, .ready:
                guard let reason = placement.reason(for: task) else { continue }
                progress.waiting[reason.words, default: 0] += 1
            }
        }
        return progress
    }
}

extension WaitReason {
    /// After a number of tasks.
    fileprivate var words: Message {
        switch self {
        case .tasks: Message("wait for other tasks")
        case .pause: Message("pause after a failure")
        case .slot: Message("wait for a free slot")
        case .host: Message("wait for a host that can run them")
        }
    }
}
