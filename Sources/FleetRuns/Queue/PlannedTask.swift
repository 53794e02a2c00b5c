package import FleetBase
package import FleetLedger

/// One task of a queue, with everything that it takes to run it.
package struct PlannedTask: Sendable {
    package let record: LedgerTask
    package let request: RunRequest
    /// Tasks of one group need the same of a host; counted from 0.
    package let group: Int
    /// Positions in the queue of the tasks that must be done first.
    package var after: [Int] = []
    package var retries = 0
    /// Positions of those that do the same on other hosts, whose results must agree with this one's.
    package var copies: [Int] = []
    /// How long it took in earlier runs.
    package var expected: Duration?
    /// A percentage of the time that the finished tasks of the group took; the request's own timeout still holds.
    package var percentOfMedian: Int?

    package init(record: LedgerTask, request: RunRequest, group: Int) {
        (self.record, self.request, self.group) = (record, request, group)
    }
}

/// How a queue goes about its tasks.
package struct QueueOptions: Sendable, Codable {
    /// Whether stragglers get a second attempt.
    package var duplicates = true
    /// How long tasks wait for a host that can run them while nothing else goes on.
    package var waiting = Duration.seconds(60)
    /// How long a host that is gone under a job may take to come back before the job starts elsewhere.
    package var patience = Duration.seconds(60)
    /// Whether an earlier master has worked on the run, who may have left things on any host.
    package var isResumed = false
    /// Who hands the tasks out.
    package var backend = BackendChoice.queue

    package init() {}
}

/// What a queue tells while it runs.
package enum QueueEvent: Sendable {
    case connected(HostName, slots: Int)
    case absent(HostName, Failure)
    /// Too much failed on the host: it gets nothing for a while.
    case setAside(HostName, Failure)
    case started(task: Int, on: HostName)
    case ended(task: Int, TaskOutcome)
    /// What stays on a host.
    case left(HostName, [Message])
    case progress(QueueProgress)
}

/// How far a queue is.
package struct QueueProgress: Sendable, Hashable {
    package var total = 0
    package var done = 0
    package var failed = 0
    package var running = 0
    /// How many wait, by why.
    package var waiting: [Message: Int] = [:]
}

/// What came of one task of a queue.
package struct QueueResult: Sendable {
    /// The attempt that counts: the success, else the last one; nil when it never ran.
    package var outcome: TaskOutcome?
    /// Why it has no result.
    package var failure: Failure?
    /// An earlier run of the same queue had done it.
    package var wasDone = false
    package var attempts = 0
    package var isDone: Bool { wasDone || outcome?.state == .done }
}
