import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger

/// Where a queue stands: the schedule, and what came of the tasks so far.
struct QueueState {
    private struct Running {
        let task: Int
        let host: Int
        let control: AttemptControl
    }

    private let queue: TaskQueue
    private let start = ContinuousClock.now
    private(set) var schedule: Schedule
    private(set) var results: [QueueResult]
    private var running: [Int: Running] = [:]
    /// Why a host will not do, by group.
    private var objections: [Int: [Message]] = [:]
    private var absences: [Int: Failure] = [:]
    /// Sorted, by group.
    private var durations: [Int: [Duration]] = [:]
    private var idleSince: Duration?
    /// When somebody will wake up.
    private var timers: [Duration] = []
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
        schedule = Schedule(
            definitions, groups: (queue.tasks.map(\.group).max() ?? -1) + 1, hosts: queue.hosts.count,
            duplicates: queue.options.duplicates)
        for (task, attempt) in queue.history.done {
            schedule.wasDone(task, on: queue.hosts.firstIndex { $0.name == attempt.host })
            _ = queue.claims.claim(task)
            results[task].wasDone = true
            results[task].outcome = TaskOutcome(attempt)
        }
        for (task, attempt) in queue.history.failed where !results[task].wasDone {
            results[task].outcome = TaskOutcome(attempt)
            results[task].failure = attempt.failure
            let count = queue.history.open.contains { $0.task == task } ? 0 : queue.history.failures[task] ?? 0
            schedule.hadFailed(task, times: count)
        }
    }

    /// Results that an earlier master did not come to compare.
    mutating func compareEarlier() -> [Int] {
        var refuted: [Int] = []
        for task in results.indices where !refuted.contains(task) && results[task].isDone {
            guard let difference = difference(task) else { continue }
            for copy in refute(task, difference) {
                schedule.refute(copy)
                refuted.append(copy)
            }
        }
        return refuted
    }

    var now: Duration { .now - start }

    /// Everything that can be started now.
    mutating func next() -> [ScheduleStep] { schedule.next(at: now) }

    // MARK: Attempts

    /// Attempts of an earlier master that may still run.
    ///
    /// - Returns: each with its key.
    mutating func takeUp() -> [(Int, Attempt)] {
        var taken: [(Int, Attempt)] = []
        for (task, attempt) in queue.history.open {
            guard let host = queue.hosts.firstIndex(where: { $0.name == attempt.host }),
                [.ready, .running].contains(schedule.tasks[task].state)
            else { continue }
            let key = schedule.wasStarted(task, on: host, at: now)
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

    mutating func ended(_ key: Int, _ outcome: TaskOutcome) -> [ScheduleStep] {
        guard let attempt = running.removeValue(forKey: key) else { return [] }
        attempt.control.ends()
        let task = attempt.task
        results[task].attempts += 1
        var verdict = verdict(on: outcome)
        if verdict == .done {
            let took = outcome.duration ?? .zero
            var sorted = durations[queue.tasks[task].group] ?? []
            durations[queue.tasks[task].group] = nil
            sorted.insert(took, at: sorted.firstIndex { $0 > took } ?? sorted.endIndex)
            durations[queue.tasks[task].group] = sorted
        }
        if verdict == .hostFailed || verdict == .dropped { wasRough = true }
        if results[task].outcome?.state != .done, verdict != .dropped || results[task].outcome == nil {
            results[task].outcome = outcome
            results[task].failure = outcome.failure
        }
        if verdict == .done, let difference = difference(task) {
            verdict = .refuted
            refuted += refute(task, difference)
        }
        return schedule.ended(key, verdict, at: now)
    }

    // MARK: Comparing results

    /// Tasks whose recorded results do not count.
    private var refuted: [Int] = []

    mutating func takeRefuted() -> [Int] {
        defer { refuted = [] }
        return refuted
    }

    /// How the results of a task and its copies differ, once all are there.
    private func difference(_ task: Int) -> Failure? {
        let copies = ([task] + queue.tasks[task].copies).sorted()
        let outcomes = copies.compactMap { results[$0].outcome }.filter { $0.state == .done }
        guard copies.count > 1, outcomes.count == copies.count else { return nil }
        guard Set(outcomes.map(\.digest)).count > 1 else { return nil }
        let list = outcomes.map { "\($0.host): \($0.digest?.hex.prefix(12) ?? "–")" }.joined(separator: ", ")
        let folders = outcomes.compactMap(\.results).joined(separator: " ")
        return Failure(
            .mismatch, Message("the results differ: \(list)"), hint: Message("look at both: diff -r \(folders)"))
    }

    private mutating func refute(_ task: Int, _ difference: Failure) -> [Int] {
        let copies = [task] + queue.tasks[task].copies
        for copy in copies {
            results[copy].wasDone = false
            results[copy].failure = difference
            results[copy].outcome?.failure = difference
            results[copy].outcome?.state = .failed
        }
        return copies
    }

    private func verdict(on outcome: TaskOutcome) -> AttemptVerdict {
        guard outcome.state != .done else { return .done }
        guard outcome.state != .cancelled, let failure = outcome.failure else { return .dropped }
        switch failure.kind.fault {
        case .master: return .final
        case .task where failure.kind.isAboutResults: return .final
        case .task: return .failed
        case .host where failure.kind == .noSpace && outcome.exit != nil: return .failed
        case .host, .network, .user: return .hostFailed
        }
    }

    func median(of group: Int) -> Duration? {
        guard let sorted = durations[group], sorted.count >= 3 else { return nil }
        return sorted[sorted.count / 2]
    }

    // MARK: Hosts

    mutating func connected(_ index: Int, _ facts: Facts) {
        let host = queue.hosts[index]
        let slots = host.slots ?? facts.cores
        var fits: [Bool] = []
        var said: [Message] = []
        for group in 0..<((queue.tasks.map(\.group).max() ?? -1) + 1) {
            let task = queue.tasks.first { $0.group == group }
            let objection = task.flatMap { Self.objection(to: $0.request, host, facts) }
            fits.append(objection == nil)
            said.append(objection ?? Message(verbatim: ""))
        }
        objections[index] = said
        absences[index] = nil
        schedule.connected(index, slots: max(1, slots), memory: facts.number("memory") ?? .max, fits: fits)
    }

    private static func objection(to request: RunRequest, _ host: Host, _ facts: Facts) -> Message? {
        if let objection = HostFit.objection(to: host, facts, needs: request.needs) { return objection }
        do throws(Failure) {
            guard let package = request.package else {
                _ = try MethodChoice(request.work, on: facts)
                return nil
            }
            _ = try MethodChoice(
                for: package.file, on: facts, engine: request.engine, method: request.method,
                images: package.imageArchitectures)
            let installed = facts.packages[package.name]
            guard installed?.isHeld == true, installed?.current != package.version else { return nil }
            return Failure(held: package, at: installed?.current).message
        } catch {
            return error.message
        }
    }

    mutating func absent(_ host: Int, _ failure: Failure) {
        absences[host] = failure
        let isFinal = failure.kind.fault == .user || [.brokenProtocol, .noShell].contains(failure.kind)
        schedule.absent(host, isFinal: isFinal, at: now)
    }

    private var lastTold: Duration?

    /// A few times a second are enough: with many tasks the numbers take a while.
    mutating func isTimeToTell() -> Bool {
        let now = now
        if let lastTold, now - lastTold < .milliseconds(200), !schedule.isFinished { return false }
        lastTold = now
        return true
    }

    // MARK: Waiting

    /// Gives up what no host will run: at once when none is left to come, else after a time in which nothing went on.
    mutating func giveUpIfHopeless() {
        let isIdle = running.isEmpty && !schedule.hasPauses && !schedule.isFinished
        guard isIdle else {
            idleSince = nil
            return
        }
        let since = idleSince ?? now
        idleSince = since
        let mayCome = schedule.hosts.contains { $0.mayCome }
        guard !mayCome || now - since > queue.options.waiting else { return }
        let isConnecting = schedule.hosts.contains { $0.state == .connecting }
        guard mayCome || !isConnecting else { return }
        for task in schedule.giveUp() { results[task].failure = results[task].failure ?? whyNot(task) }
    }

    /// Says of what was never tried why.
    mutating func explain() {
        for task in results.indices where !results[task].isDone && results[task].failure == nil {
            results[task].failure = Task.isCancelled ? Failure(.cancelled, Message("cancelled")) : whyNot(task)
        }
    }

    private func whyNot(_ task: Int) -> Failure {
        if schedule.tasks[task].state == .skipped {
            return Failure(.cancelled, Message("a task that must be done first has failed"))
        }
        let group = queue.tasks[task].group
        if !queue.tasks[task].copies.isEmpty, schedule.hosts.contains(where: { $0.isReady && $0.fits[group] }) {
            return Failure(
                .noMethod, Message("too few hosts can run it: each copy needs a host of its own"),
                hint: Message("name more hosts, or a smaller number for verify"))
        }
        let reasons = queue.hosts.indices.map { host in
            let said = objections[host]?[group].text(in: .english) ?? absences[host]?.message.text(in: .english) ?? "–"
            return "\(queue.hosts[host].name): \(said)"
        }
        let list = reasons.prefix(5).joined(separator: "; ")
        return Failure(.noMethod, Message("no host can run it: \(list)"))
    }

    /// How long to sleep, unless somebody does so already.
    mutating func newTimer() -> Duration? {
        let now = now
        var times = [schedule.wakeup(after: now)].compactMap(\.self)
        if let idleSince { times.append(idleSince + queue.options.waiting + .milliseconds(10)) }
        guard let next = times.min() else { return nil }
        if let first = timers.min(), first <= next { return nil }
        timers.append(next)
        return max(.milliseconds(1), next - now)
    }

    /// The first of those who sleep has woken up.
    mutating func wokeUp() {
        if let first = timers.indices.min(by: { timers[$0] < timers[$1] }) { timers.remove(at: first) }
    }

    var progress: QueueProgress {
        var progress = QueueProgress()
        progress.total = results.count
        for task in schedule.tasks.indices {
            switch schedule.tasks[task].state {
            case .done: progress.done += 1
            case .failed, .skipped: progress.failed += 1
            case .running: progress.running += 1
            case .waiting, .paused, .ready:
                guard let reason = schedule.reason(for: task) else { continue }
                progress.waiting[reason.words, default: 0] += 1
            }
        }
        return progress
    }
}

extension TaskOutcome {
    /// As the ledger has it.
    init(_ attempt: Attempt) {
        self.init(host: attempt.host)
        self.attempt = attempt.number
        engine = attempt.engine
        method = attempt.method.flatMap { FleetConfig.Method(rawValue: $0) }
        state = attempt.state
        exit = attempt.exit
        metrics = attempt.metrics
        resources = attempt.resources
        digest = attempt.resultDigest
        results = attempt.results
        failure = attempt.failure
        if let started = attempt.started, let ended = attempt.ended { duration = ended.duration(since: started) }
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
