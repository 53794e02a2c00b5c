/// What a placement knows of one task. Tasks of one group need the same of a host.
struct QueueTask: Sendable {
    /// Which definition it comes from.
    let group: Int
    /// How long it took in earlier runs; nil when nobody knows.
    var expected: Duration?
    /// Positions of tasks that must be done first.
    var after: [Int] = []
    /// How often a failed attempt is repeated.
    var retries = 0
    /// Slots of a host that it takes.
    var weight = 1
    /// Bytes of a host's memory that it takes.
    var memory: Int64 = 0
    /// Positions of the tasks that do the same, each on a host of its own.
    var copies: [Int] = []
}

/// How an attempt ended, as far as the placement cares.
enum AttemptVerdict: Sendable, Hashable {
    case done
    /// Its result is not that of its copies.
    case refuted
    /// The worker's own doing: it counts against the task's retries.
    case failed
    /// It failed, and another try would come to the same.
    case final
    /// The host's or the network's doing: it counts against the host.
    case hostFailed
    /// The host has no room or can start nothing, which nobody but a person mends there.
    case hostUnfit
    /// The result was not wanted any more.
    case dropped
}

/// What a placement wants done next.
enum PlacementStep: Sendable, Hashable {
    case start(attempt: Int, task: Int, host: Int)
    /// Another attempt of the same task was faster.
    case stop(attempt: Int)
    case connect(host: Int)
}

/// Why a task is not running.
package enum WaitReason: Sendable, Hashable {
    case tasks(missing: Int)
    case slot
    case pause(until: Duration)
    /// No host that is there will do; others may come.
    case host
}
