import FleetBase

/// What one host has, and what runs there takes of it, as a ``Placement`` knows it.
struct PlacementHost: Sendable {
    enum State: Sendable, Hashable { case connecting, ready, away(until: Duration), useless }

    /// A host that fails so often within this time is set aside.
    private static let failuresToLeave = 3
    private static let failureWindow = Duration.seconds(300)

    private(set) var state = State.connecting
    private(set) var slots = 0
    private var busy = 0
    /// All that it has, and what its tasks take of it.
    private var memory: Int64 = 0
    private var memoryTaken: Int64 = 0
    /// Which groups it may run.
    private(set) var fits: [Bool] = []
    private var failures: [Duration] = []
    /// How often its disk was full, or it could start nothing.
    private var unfitTimes = 0
    private var tries = 0
    /// How much longer than expected things take here.
    var delay = Average()

    var isReady: Bool { state == .ready }
    var mayCome: Bool { if case .away = state { true } else { state == .connecting } }
    var slowness: Double { delay.value ?? 1 }
    var hasSlot: Bool { busy < slots }

    // MARK: Whether it is there

    mutating func connected(slots: Int, memory: Int64, fits: [Bool]) {
        (state, tries) = (.ready, 0)
        (self.slots, self.memory, self.fits) = (slots, memory, fits)
    }

    mutating func absent(isFinal: Bool, at now: Duration) {
        guard !isFinal else {
            state = .useless
            return
        }
        tries += 1
        state = .away(until: now + .seconds(min(30, 1 << min(tries - 1, 5))))
    }

    /// When it is asked again; nil where it need not be.
    var returns: Duration? { if case .away(let until) = state { until } else { nil } }

    mutating func asked() { state = .connecting }

    /// A job has failed by the host's doing.
    ///
    /// - Parameter isUnfit: only a person can mend that. Where nothing runs that could give room back, it is given up.
    mutating func failed(isUnfit: Bool, at now: Duration) {
        if isUnfit {
            unfitTimes += 1
            if unfitTimes >= Self.failuresToLeave, busy == 0 { return absent(isFinal: true, at: now) }
        }
        failures.append(now)
        failures.removeAll { $0 < now - Self.failureWindow }
        if isReady, failures.count >= Self.failuresToLeave { absent(isFinal: false, at: now) }
    }

    // MARK: What runs there

    /// Slots that a task takes here: no more than there are.
    func weight(of task: QueueTask) -> Int { slots == 0 ? task.weight : min(task.weight, slots) }

    func hasRoom(for task: QueueTask) -> Bool {
        fits[task.group] && busy + weight(of: task) <= slots && task.memory <= memory - memoryTaken
    }

    mutating func begin(_ task: QueueTask, weight: Int) {
        busy += weight
        memoryTaken += task.memory
    }

    mutating func end(_ task: QueueTask, weight: Int) {
        busy -= weight
        memoryTaken -= task.memory
    }
}

/// The mean of what was measured so far.
struct Average: Sendable {
    private var sum = 0.0
    private var count = 0

    mutating func add(_ value: Double) { (sum, count) = (sum + value, count + 1) }

    /// Nil of nothing.
    var value: Double? { count == 0 ? nil : sum / Double(count) }
}
