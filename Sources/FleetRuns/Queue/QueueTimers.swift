import FleetBase

/// Who sleeps for a queue, and until when.
struct QueueTimers: Sendable {
    private var times: [Duration] = []

    /// How long to sleep until a time, unless somebody wakes up before.
    mutating func sleep(until next: Duration, from now: Duration) -> Duration? {
        if let first = times.min(), first <= next { return nil }
        times.append(next)
        return max(.milliseconds(1), next - now)
    }

    /// The first of those who sleep has woken up.
    mutating func wokeUp() {
        if let first = times.indices.min(by: { times[$0] < times[$1] }) { times.remove(at: first) }
    }
}
