import FleetBase

/// How long tasks of each group have taken in this run: what `timeout: 300%` is measured by.
struct GroupDurations: Sendable {
    /// What fewer have taken tells nothing.
    private static let enough = 3

    /// Sorted, by group.
    private var durations: [Int: [Duration]] = [:]

    mutating func add(_ duration: Duration, to group: Int) {
        // Out of the dictionary while it changes, or it would be copied.
        var sorted = durations.removeValue(forKey: group) ?? []
        sorted.insert(duration, at: sorted.firstIndex { $0 > duration } ?? sorted.endIndex)
        durations[group] = sorted
    }

    func median(of group: Int) -> Duration? {
        guard let sorted = durations[group], sorted.count >= Self.enough else { return nil }
        return sorted[sorted.count / 2]
    }
}
