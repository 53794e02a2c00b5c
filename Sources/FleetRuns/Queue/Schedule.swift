import FleetBase

/// Which task runs where and when: decides, and does nothing itself. All times are since the queue's start.
///
/// A free slot takes the task that is expected to take longest of those that fit its host (LPT; Graham, "Bounds on
/// Multiprocessing Timing Anomalies", 1969). When no task waits any more, a free slot takes a second attempt of the
/// running task that it would finish well before the first; whichever ends first wins.
struct Schedule: Sendable {
    enum TaskState: Sendable, Hashable { case waiting, ready, paused, running, done, failed, skipped }

    struct Task: Sendable {
        let definition: QueueTask
        var state = TaskState.waiting
        var missing: Int
        var failures = 0
        /// How often hosts failed under it; bounded too, or a task that kills its hosts would never end.
        var hostFailures = 0
        var failedOn: Set<Int> = []
        var pausedUntil: Duration?
        var running: [Int] = []
        /// Where it was done.
        var doneOn: Int?
    }

    struct Attempt: Sendable {
        let task: Int
        let host: Int
        let started: Duration
        /// Slots that it takes.
        let weight: Int
        var isStopped = false
    }

    struct Host: Sendable {
        enum State: Sendable, Hashable { case connecting, ready, away(until: Duration), useless }
        var state = State.connecting
        var slots = 0
        var busy = 0
        /// All that it has, and what its tasks take of it.
        var memory: Int64 = 0
        var memoryTaken: Int64 = 0
        /// Which groups it may run.
        var fits: [Bool] = []
        var failures: [Duration] = []
        var tries = 0
        /// How much longer than expected things take here.
        var slowness = Average()
        var isReady: Bool { state == .ready }
        var mayCome: Bool { if case .away = state { true } else { state == .connecting } }
    }

    struct Average: Sendable {
        private var sum = 0.0
        private var count = 0
        mutating func add(_ value: Double) { (sum, count) = (sum + value, count + 1) }
        var value: Double? { count == 0 ? nil : sum / Double(count) }
    }

    /// A host that fails so often within this time is set aside.
    private static let failuresToLeave = 3
    private static let failureWindow = Duration.seconds(300)
    private static let maximumHostFailures = 10

    private(set) var tasks: [Task]
    private(set) var hosts: [Host]
    private(set) var attempts: [Int: Attempt] = [:]
    private var nextAttempt = 0
    /// Tasks that may start, by group; the one that should come first is last.
    private var ready: [[Int]]
    private var durations: [Average]
    private var dependants: [[Int]]
    private var unfinished: Int
    private var paused: Set<Int> = []
    private var random: any RandomNumberGenerator & Sendable
    /// Whether stragglers get a second attempt.
    let duplicates: Bool

    init(
        _ definitions: [QueueTask], groups: Int, hosts: Int, duplicates: Bool = true,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        tasks = definitions.map { Task(definition: $0, missing: $0.after.count) }
        self.hosts = Array(repeating: Host(), count: hosts)
        ready = Array(repeating: [], count: groups)
        durations = Array(repeating: Average(), count: groups)
        dependants = Array(repeating: [], count: definitions.count)
        unfinished = definitions.count
        self.duplicates = duplicates
        self.random = random
        for (index, definition) in definitions.enumerated() {
            for other in definition.after { dependants[other].append(index) }
        }
        for (index, definition) in definitions.enumerated() where definition.after.isEmpty {
            tasks[index].state = .ready
            ready[definition.group].append(index)
        }
        for group in ready.indices { sort(group) }
    }

    var isFinished: Bool { unfinished == 0 }

    // MARK: What happened

    /// - Parameter fits: which groups the host may run.
    mutating func connected(_ host: Int, slots: Int, memory: Int64, fits: [Bool]) {
        hosts[host].state = .ready
        hosts[host].slots = slots
        hosts[host].memory = memory
        hosts[host].fits = fits
        hosts[host].tries = 0
    }

    /// The host can't be reached; it is asked again later, unless that would not help.
    mutating func absent(_ host: Int, isFinal: Bool, at now: Duration) {
        guard !isFinal else {
            hosts[host].state = .useless
            return
        }
        hosts[host].tries += 1
        let pause = Swift.min(30, 1 << Swift.min(hosts[host].tries - 1, 5))
        hosts[host].state = .away(until: now + .seconds(pause))
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
        guard times > tasks[task].definition.retries, !isFinal(task) else { return }
        ready[tasks[task].definition.group].removeAll { $0 == task }
        finish(task, .failed)
    }

    /// Whether something starts again by itself.
    var hasPauses: Bool { !paused.isEmpty }

    /// An attempt that an earlier master has begun, and that may still run.
    mutating func wasStarted(_ task: Int, on host: Int, at now: Duration) -> Int {
        ready[tasks[task].definition.group].removeAll { $0 == task }
        return begin(task, on: host, at: now)
    }

    mutating func ended(_ attempt: Int, _ verdict: AttemptVerdict, at now: Duration) -> [ScheduleStep] {
        guard let ended = attempts.removeValue(forKey: attempt) else { return [] }
        let definition = tasks[ended.task].definition
        hosts[ended.host].busy -= ended.weight
        hosts[ended.host].memoryTaken -= definition.memory
        tasks[ended.task].running.removeAll { $0 == attempt }
        guard !isFinal(ended.task) else { return [] }
        switch verdict {
        case .done: return succeeded(ended, at: now)
        case .refuted:
            for copy in [ended.task] + definition.copies { refute(copy) }
        case .failed: failed(ended, at: now)
        case .final: if tasks[ended.task].running.isEmpty { finish(ended.task, .failed) }
        case .hostFailed: hostFailed(ended, at: now)
        case .dropped: requeue(ended.task, after: .seconds(1), at: now)
        }
        return []
    }

    /// Gives up what is not done: nothing that is there can run it.
    mutating func giveUp() -> [Int] {
        let left = tasks.indices.filter { !isFinal($0) && tasks[$0].running.isEmpty }
        for task in left { finish(task, .failed) }
        return left
    }

    private func isFinal(_ task: Int) -> Bool { [.done, .failed, .skipped].contains(tasks[task].state) }

    private mutating func succeeded(_ attempt: Attempt, at now: Duration) -> [ScheduleStep] {
        let group = tasks[attempt.task].definition.group
        let took = (now - attempt.started).seconds
        if let expected = expected(attempt.task), expected > 0 {
            hosts[attempt.host].slowness.add(took / expected)
        }
        durations[group].add(took / (hosts[attempt.host].slowness.value.map { Swift.max($0, 0.01) } ?? 1))
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
        for next in dependants[task] where !isFinal(next) { finish(next, .skipped) }
    }

    private mutating func failed(_ attempt: Attempt, at now: Duration) {
        let task = attempt.task
        tasks[task].failures += 1
        tasks[task].failedOn.insert(attempt.host)
        guard tasks[task].running.isEmpty else { return }
        guard tasks[task].failures <= tasks[task].definition.retries else { return finish(task, .failed) }
        requeue(task, after: backOff(tasks[task].failures), at: now)
    }

    private mutating func hostFailed(_ attempt: Attempt, at now: Duration) {
        let (task, host) = (attempt.task, attempt.host)
        hosts[host].failures.append(now)
        hosts[host].failures.removeAll { $0 < now - Self.failureWindow }
        if hosts[host].isReady, hosts[host].failures.count >= Self.failuresToLeave {
            absent(host, isFinal: false, at: now)
        }
        tasks[task].hostFailures += 1
        tasks[task].failedOn.insert(host)
        guard tasks[task].running.isEmpty else { return }
        guard tasks[task].hostFailures < Self.maximumHostFailures else { return finish(task, .failed) }
        requeue(task, after: backOff(tasks[task].hostFailures), at: now)
    }

    /// Doubling from half a second to a minute, give or take a half, so that many do not come back together.
    private mutating func backOff(_ failures: Int) -> Duration {
        let base = Swift.min(60, 0.5 * Double(1 << Swift.min(failures - 1, 10)))
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

    private mutating func enqueue(_ task: Int) {
        tasks[task].state = .ready
        paused.remove(task)
        let group = tasks[task].definition.group
        let place = ready[group].firstIndex { !comesBefore($0, task) } ?? ready[group].endIndex
        ready[group].insert(task, at: place)
    }

    private mutating func finish(_ task: Int, _ state: TaskState) {
        guard !isFinal(task) else { return }
        tasks[task].state = state
        paused.remove(task)
        unfinished -= 1
        for next in dependants[task] where !isFinal(next) {
            if state == .done {
                tasks[next].missing -= 1
                if tasks[next].missing == 0 { enqueue(next) }
            } else {
                finish(next, .skipped)
            }
        }
    }

    // MARK: What is next

    /// Everything that can be started now.
    mutating func next(at now: Duration) -> [ScheduleStep] {
        var steps: [ScheduleStep] = []
        for host in hosts.indices {
            if case .away(let until) = hosts[host].state, until <= now {
                hosts[host].state = .connecting
                steps.append(.connect(host: host))
            }
        }
        for task in paused.sorted() {
            if let until = tasks[task].pausedUntil, until <= now { enqueue(task) }
        }
        // The fastest hosts choose first.
        let order = hosts.indices.filter { hosts[$0].isReady }.sorted { slowness($0) < slowness($1) }
        var isBusy = true
        while isBusy {
            isBusy = false
            for host in order {
                guard let task = firstTask(for: host) else { continue }
                steps.append(.start(attempt: begin(task, on: host, at: now), task: task, host: host))
                isBusy = true
            }
        }
        if duplicates {
            for host in order {
                while let task = straggler(for: host, at: now) {
                    steps.append(.start(attempt: begin(task, on: host, at: now), task: task, host: host))
                }
            }
        }
        return steps
    }

    /// When something may begin that can't yet; nil when only an event can change anything.
    func wakeup(after now: Duration) -> Duration? {
        var times = paused.compactMap { tasks[$0].pausedUntil }
        for host in hosts { if case .away(let until) = host.state { times.append(until) } }
        // Whether a running task is a straggler shows with time alone.
        if duplicates, !attempts.isEmpty, ready.allSatisfy(\.isEmpty) { times.append(now + .milliseconds(500)) }
        return times.min()
    }

    func reason(for task: Int) -> WaitReason? {
        switch tasks[task].state {
        case .waiting: return .tasks(missing: tasks[task].missing)
        case .paused: return .pause(until: tasks[task].pausedUntil ?? .zero)
        case .ready:
            let group = tasks[task].definition.group
            return hosts.contains { $0.isReady && $0.fits[group] } ? .slot : .host
        case .running, .done, .failed, .skipped: return nil
        }
    }

    private mutating func begin(_ task: Int, on host: Int, at now: Duration) -> Int {
        let attempt = nextAttempt
        nextAttempt += 1
        let weight = weight(tasks[task].definition, on: host)
        attempts[attempt] = Attempt(task: task, host: host, started: now, weight: weight)
        tasks[task].state = .running
        tasks[task].running.append(attempt)
        hosts[host].busy += weight
        hosts[host].memoryTaken += tasks[task].definition.memory
        return attempt
    }

    private func weight(_ definition: QueueTask, on host: Int) -> Int {
        hosts[host].slots == 0 ? definition.weight : Swift.min(definition.weight, hosts[host].slots)
    }

    private func hasRoom(_ host: Int, for task: Int) -> Bool {
        let definition = tasks[task].definition
        return hosts[host].fits[definition.group]
            && hosts[host].busy + weight(definition, on: host) <= hosts[host].slots
            && definition.memory <= hosts[host].memory - hosts[host].memoryTaken
    }

    private mutating func firstTask(for host: Int) -> Int? {
        guard hosts[host].busy < hosts[host].slots else { return nil }
        var best: (group: Int, index: Int)?
        for group in ready.indices where hosts[host].fits[group] {
            // Its tasks need all the same: there is room for each of them or for none.
            guard let last = ready[group].last, hasRoom(host, for: last) else { continue }
            guard let index = ready[group].lastIndex(where: { isWelcome($0, on: host) }) else { continue }
            if let other = best, !comesBefore(ready[group][index], ready[other.group][other.index]) { continue }
            best = (group, index)
        }
        return best.map { ready[$0.group].remove(at: $0.index) }
    }

    /// Whether a copy of the task has had this host, or has it.
    private func isTaken(_ host: Int, for task: Int) -> Bool {
        tasks[task].definition.copies.contains { copy in
            tasks[copy].doneOn == host || tasks[copy].running.contains { attempts[$0]?.host == host }
        }
    }

    /// A host on which a task has failed gets it again only when no other is left.
    private func isWelcome(_ task: Int, on host: Int) -> Bool {
        guard !isTaken(host, for: task) else { return false }
        guard tasks[task].failedOn.contains(host) else { return true }
        let group = tasks[task].definition.group
        return !hosts.indices.contains { other in
            hosts[other].isReady && hosts[other].fits[group] && !tasks[task].failedOn.contains(other)
                && !isTaken(other, for: task)
        }
    }

    /// The running task whose end a second attempt here would bring forward the most.
    private func straggler(for host: Int, at now: Duration) -> Int? {
        guard hosts[host].busy < hosts[host].slots, ready.allSatisfy(\.isEmpty) else { return nil }
        var best: (task: Int, gain: Double)?
        for (_, attempt) in attempts where !attempt.isStopped && attempt.host != host {
            let task = attempt.task
            guard tasks[task].running.count == 1, hasRoom(host, for: task), !tasks[task].failedOn.contains(host),
                !isTaken(host, for: task),
                let usual = expected(task)
            else { continue }
            let elapsed = (now - attempt.started).seconds
            let left = usual * slowness(attempt.host) - elapsed
            // Who is late already may be late for as long again.
            let remaining = left > 0 ? left : elapsed
            let gain = remaining - usual * slowness(host) - 0.5
            if gain > 0.1 * remaining, gain > best?.gain ?? 0 { best = (task, gain) }
        }
        return best?.task
    }

    // MARK: Expectation

    private func slowness(_ host: Int) -> Double { hosts[host].slowness.value ?? 1 }

    private func expected(_ task: Int) -> Double? {
        tasks[task].definition.expected?.seconds ?? durations[tasks[task].definition.group].value
    }

    /// Longest first; what nobody knows comes before, in the order of the file.
    private func comesBefore(_ one: Int, _ other: Int) -> Bool {
        let (first, second) = (expected(one) ?? .infinity, expected(other) ?? .infinity)
        return first == second ? one < other : first > second
    }

    private mutating func sort(_ group: Int) {
        let sorted = ready[group].sorted { comesBefore($1, $0) }
        ready[group] = sorted
    }
}
