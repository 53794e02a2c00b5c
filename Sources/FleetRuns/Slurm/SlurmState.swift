import FleetBase
import FleetConfig
import FleetLedger

/// Where a run stands that Slurm hands out: what came of the tasks, and which jobs it has.
struct SlurmState {
    /// A job that Slurm has or is about to get.
    struct Open: Sendable {
        var attempt: Attempt
        /// Not so when its master was killed, or its connection broke, before Slurm had confirmed it.
        var isSubmitted = false
        /// How often it was looked for in vain.
        var misses = 0
        /// How long a trailer is waited for that must be there.
        var lag: Deadline?
        /// Why it does not run; nil when it does.
        var reason: String? = "–"
    }

    /// Jobs that nodes have lost are submitted so often again.
    private static let losses = 3
    /// How much later than the node a login host may see a file: nfs(5), acdirmax.
    private static let lag = Duration.seconds(90)

    private let tasks: [PlannedTask]
    private(set) var results: [QueueResult]
    var open: [SlurmJob: Open] = [:]
    /// Tasks that have failed for good.
    private var isOver: [Bool]
    private var failures: [Int]
    private var losses: [Int]
    private var numbers: [Int]
    /// Jobs whose folders may go.
    var finished: [SlurmJob] = []

    init(_ tasks: [PlannedTask], _ history: QueueHistory) {
        self.tasks = tasks
        results = Array(repeating: QueueResult(), count: tasks.count)
        isOver = Array(repeating: false, count: tasks.count)
        losses = Array(repeating: 0, count: tasks.count)
        failures = tasks.indices.map { history.failures[$0] ?? 0 }
        numbers = history.lastNumbers
        for (task, attempt) in history.failed {
            results[task].outcome = TaskOutcome(attempt)
            results[task].failure = attempt.failure
        }
        for (task, attempt) in history.done {
            results[task].outcome = TaskOutcome(attempt)
            (results[task].failure, results[task].wasDone) = (nil, true)
        }
        let positions = Dictionary(uniqueKeysWithValues: zip(tasks.map(\.record.id), tasks.indices))
        for attempt in history.unsent + history.open.map(\.attempt) {
            guard let task = positions[attempt.task], !results[task].isDone else { continue }
            open[SlurmJob(position: task + 1, attempt: attempt.number)] = Open(attempt: attempt)
        }
        for task in tasks.indices where !results[task].isDone {
            let isTried = open.keys.contains { $0.position == task + 1 }
            isOver[task] = !isTried && failures[task] > tasks[task].retries
        }
        skip()
    }

    var isFinished: Bool { open.isEmpty && results.indices.allSatisfy { results[$0].isDone || isOver[$0] } }

    /// What can be submitted now.
    func ready() -> [SlurmJob] {
        let busy = Set(open.keys.map(\.position))
        return tasks.indices.filter { task in
            !results[task].isDone && !isOver[task] && !busy.contains(task + 1)
                && tasks[task].after.allSatisfy { results[$0].isDone }
        }.map { SlurmJob(position: $0 + 1, attempt: numbers[$0] + 1) }
    }

    mutating func begin(_ job: SlurmJob, _ attempt: Attempt) {
        open[job] = Open(attempt: attempt)
        numbers[job.position - 1] = job.attempt
    }

    /// Takes in what Slurm says.
    ///
    /// - Returns: the jobs that run now and did not before, and those that it knows nothing of any more, for the second
    ///   time.
    mutating func hear(_ answer: SlurmAnswer) -> (started: [SlurmJob], missing: [SlurmJob]) {
        var (started, missing) = ([SlurmJob](), [SlurmJob]())
        for (job, known) in open {
            var known = known
            let isEnded = answer.ended[job] != nil
            let isBegun = isEnded || answer.begun[job] != nil
            if isBegun, known.attempt.started == nil {
                (known.attempt.state, known.attempt.started) = (.running, .now)
                started.append(job)
            }
            if let reason = answer.queued[job] {
                (known.reason, known.misses, known.isSubmitted) = (isBegun ? nil : reason, 0, true)
            } else {
                known.misses += isEnded ? 0 : 1
                known.isSubmitted = known.isSubmitted || isBegun
            }
            open[job] = known
            guard known.misses > 1 else { continue }
            if known.isSubmitted {
                missing.append(job)
            } else {
                // It never came to Slurm: it is submitted under the same number.
                open[job] = nil
                numbers[job.position - 1] = job.attempt - 1
            }
        }
        return (started, missing)
    }

    /// Whether a job that seems to have left nothing has left a trailer that is not seen here yet: writing it is the last
    /// thing that a job does, and Slurm says that it came to its end.
    mutating func mayAppear(_ job: SlurmJob, after ending: SlurmEnding) -> Bool {
        guard ending.state == "COMPLETED" else { return false }
        let deadline = open[job]?.lag ?? .after(Self.lag)
        open[job]?.lag = deadline
        return !deadline.hasPassed
    }

    mutating func ended(_ job: SlurmJob, _ outcome: TaskOutcome, isOfTheNode: Bool = false) {
        let task = job.position - 1
        open[job] = nil
        results[task].attempts += 1
        (results[task].outcome, results[task].failure) = (outcome, outcome.failure)
        guard outcome.state != .done else { return }
        if isOfTheNode { losses[task] += 1 } else { failures[task] += 1 }
        isOver[task] = isOfTheNode ? losses[task] > Self.losses : failures[task] > tasks[task].retries
        skip()
    }

    /// A task that can't be given to Slurm at all.
    mutating func refuse(_ job: SlurmJob, _ failure: Failure) {
        let task = job.position - 1
        open[job] = nil
        results[task].failure = failure
        isOver[task] = true
        skip()
    }

    /// What comes after a failure is not tried.
    private mutating func skip() {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for task in tasks.indices where !isOver[task] && !results[task].isDone {
                guard tasks[task].after.contains(where: { isOver[$0] }) else { continue }
                isOver[task] = true
                hasChanged = true
                results[task].failure = Failure(.cancelled, Message("a task that must be done first has failed"))
            }
        }
    }

    /// Why what has no result has none.
    mutating func giveUp(_ failure: Failure) {
        for task in results.indices where !results[task].isDone && !isOver[task] { results[task].failure = failure }
    }

    var progress: QueueProgress {
        var progress = QueueProgress()
        progress.total = results.count
        progress.done = results.count(where: \.isDone)
        progress.failed = isOver.count(where: \.self)
        for job in open.values {
            if let reason = job.reason {
                progress.waiting[Message("pending in Slurm: \(reason)"), default: 0] += 1
            } else {
                progress.running += 1
            }
        }
        let rest = progress.total - progress.done - progress.failed - open.count
        if rest > 0 { progress.waiting[Message("wait for other tasks")] = rest }
        return progress
    }
}
