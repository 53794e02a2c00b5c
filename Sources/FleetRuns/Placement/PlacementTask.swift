/// Where one task stands in a ``Placement``.
struct PlacementTask: Sendable {
    enum State: Sendable, Hashable { case waiting, ready, paused, running, done, failed, skipped }

    let definition: QueueTask
    var state = State.waiting
    /// How many of the tasks that must be done first are not.
    var missing: Int
    var failures = 0
    /// How often hosts failed under it; bounded too, or a task that kills its hosts would never end.
    var hostFailures = 0
    var failedOn: Set<Int> = []
    var pausedUntil: Duration?
    /// Its attempts.
    var running: [Int] = []
    /// Where it was done.
    var doneOn: Int?

    init(_ definition: QueueTask) {
        self.definition = definition
        missing = definition.after.count
    }

    /// Whether nothing more will come of it.
    var isFinal: Bool { [.done, .failed, .skipped].contains(state) }
}

/// One try of a task on a host, as a ``Placement`` knows it.
struct PlacementAttempt: Sendable {
    let task: Int
    let host: Int
    let started: Duration
    /// Slots that it takes.
    let weight: Int
    var isStopped = false
}
