import FleetBase

/// Which of the many states of a queue the feed keeps: those in which tasks wait for another reason than before.
///
/// A queue may change its mind a few times a second for hours, so after ten of them in a row one more is kept every ten
/// seconds.
struct KeptReasons: Sendable {
    private static let (most, interval) = (10, Duration.seconds(10))

    private var reasons: Set<Message> = []
    /// How many may be kept at once, since when.
    private var left = Self.most
    private var filled: ContinuousClock.Instant?

    /// - Returns: whether the feed should have a state with these reasons.
    mutating func takes(_ reasons: Set<Message>, at now: ContinuousClock.Instant) -> Bool {
        guard reasons != self.reasons else { return false }
        let since = filled ?? now
        let more = Int((now - since) / Self.interval)
        (left, filled) = (min(Self.most, left + more), more > 0 ? now : since)
        guard left > 0 else { return false }
        left -= 1
        self.reasons = reasons
        return true
    }
}
