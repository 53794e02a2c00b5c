import FleetBase

/// How long a master waits for a host that is gone under a job, and at what pauses it tries again.
struct Patience: Sendable {
    /// A host that was there for longer is back: what it may take to come back begins anew.
    private static let stay = Duration.seconds(20)
    private static let firstPause = Duration.milliseconds(200)
    private static let longestPause = Duration.seconds(5)

    private let each: Duration
    private let whole: Duration
    private var end: Duration
    private var pause = Self.firstPause

    /// - Parameters:
    ///   - each: what a host may take to come back.
    ///   - whole: no host gets more from the beginning on, however often it comes and goes.
    init(each: Duration, whole: Duration) {
        (self.each, self.whole, end) = (each, whole, min(each, whole))
    }

    /// - Parameters:
    ///   - stay: how long the host was there, or was tried.
    ///   - now: since the beginning.
    /// - Returns: how long to wait before the next try; nil when it was enough.
    mutating func next(after stay: Duration, at now: Duration) -> Duration? {
        if stay > Self.stay { (end, pause) = (min(now + each, whole), Self.firstPause) }
        guard now < end else { return nil }
        defer { pause = min(pause * 2, Self.longestPause) }
        return pause
    }
}
