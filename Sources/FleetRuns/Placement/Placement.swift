import FleetBase

/// Which task runs where and when: decides, and does nothing itself. All times are since the queue's start.
///
/// A free slot takes the task that is expected to take longest of those that fit its host (LPT; Graham, "Bounds on
/// Multiprocessing Timing Anomalies", 1969). When no task waits any more, a free slot takes a second attempt of the
/// running task that it would finish well before the first; whichever ends first wins.
struct Placement: Sendable {
    // Changed by what happens and by what is begun, which have files of their own.
    var tasks: [PlacementTask]
    var hosts: [PlacementHost]
    var attempts: [Int: PlacementAttempt] = [:]
    /// Tasks that may start, by group; the one that should come first is last.
    var ready: [[Int]]
    var paused: Set<Int> = []
    /// How long a task of a group took on a host of slowness 1.
    var durations: [Average]
    let dependants: [[Int]]
    var unfinished: Int
    var random: any RandomNumberGenerator & Sendable
    private var nextAttempt = 0
    /// Whether stragglers get a second attempt.
    private let duplicates: Bool

    init(
        _ definitions: [QueueTask], groups: Int, hosts: Int, duplicates: Bool = true,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        tasks = definitions.map { PlacementTask($0) }
        self.hosts = Array(repeating: PlacementHost(), count: hosts)
        ready = Array(repeating: [], count: groups)
        durations = Array(repeating: Average(), count: groups)
        var dependants: [[Int]] = Array(repeating: [], count: definitions.count)
        for (index, definition) in definitions.enumerated() {
            for other in definition.after { dependants[other].append(index) }
        }
        self.dependants = dependants
        unfinished = definitions.count
        self.duplicates = duplicates
        self.random = random
        for (index, definition) in definitions.enumerated() where definition.after.isEmpty {
            tasks[index].state = .ready
            ready[definition.group].append(index)
        }
        for group in ready.indices { ready[group] = ready[group].sorted { comesBefore($1, $0) } }
    }

    var isFinished: Bool { unfinished == 0 }

    /// Whether something starts again by itself.
    var hasPauses: Bool { !paused.isEmpty }

    // MARK: What is next

    /// Everything that can be started now.
    mutating func next(at now: Duration) -> [PlacementStep] {
        var steps = askAbsentHosts(at: now)
        for task in paused.sorted() {
            if let until = tasks[task].pausedUntil, until <= now { enqueue(task) }
        }
        // The fastest hosts choose first.
        let order = hosts.indices.filter { hosts[$0].isReady }.sorted { hosts[$0].slowness < hosts[$1].slowness }
        var isBusy = true
        while isBusy {
            isBusy = false
            for host in order {
                guard let task = takeTask(for: host) else { continue }
                steps.append(start(task, on: host, at: now))
                isBusy = true
            }
        }
        guard duplicates else { return steps }
        for host in order {
            while let task = straggler(for: host, at: now) { steps.append(start(task, on: host, at: now)) }
        }
        return steps
    }

    private mutating func askAbsentHosts(at now: Duration) -> [PlacementStep] {
        let due = hosts.indices.filter { host in hosts[host].returns.map { $0 <= now } ?? false }
        for host in due { hosts[host].asked() }
        return due.map { .connect(host: $0) }
    }

    private mutating func start(_ task: Int, on host: Int, at now: Duration) -> PlacementStep {
        .start(attempt: begin(task, on: host, at: now), task: task, host: host)
    }

    mutating func begin(_ task: Int, on host: Int, at now: Duration) -> Int {
        let attempt = nextAttempt
        nextAttempt += 1
        let definition = tasks[task].definition
        let weight = hosts[host].weight(of: definition)
        attempts[attempt] = PlacementAttempt(task: task, host: host, started: now, weight: weight)
        tasks[task].state = .running
        tasks[task].running.append(attempt)
        hosts[host].begin(definition, weight: weight)
        return attempt
    }

    /// When something may begin that can't yet; nil when only an event can change anything.
    func wakeup(after now: Duration) -> Duration? {
        var times = paused.compactMap { tasks[$0].pausedUntil } + hosts.compactMap(\.returns)
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
}
