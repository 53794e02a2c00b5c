import FleetBase

/// Judges by the bytes that come whether a server is still there.
///
/// TCP alone does not tell: behind a jump host it watches the first hop, and a machine that hangs still acknowledges.
/// The time is counted in intervals that this program was awake for, so its own sleep is nobody's silence.
struct Liveness {
    enum Step { case nothing, ask, giveUp }

    /// In intervals of silence: when the server is asked for the first time, and when it is given up.
    private static let patient = 2
    private static let longest = 11

    private let interval: Duration
    private(set) var next: Deadline
    private var received: Int
    private var silent = 0
    /// A server that is neither OpenSSH nor Dropbear may not answer at all: it counts once it has answered.
    private var mayBeMute: Bool
    private var wasAsked = false

    init(every interval: Duration, received: Int, mayBeMute: Bool) {
        (self.interval, self.received, self.mayBeMute) = (interval, received, mayBeMute)
        next = .after(interval)
    }

    var patience: Duration { interval * Self.longest }

    /// - Parameter received: how many bytes have come in all.
    mutating func step(received: Int) -> Step {
        next = .after(interval)
        guard received == self.received else {
            if wasAsked { mayBeMute = false }
            (self.received, silent, wasAsked) = (received, 0, false)
            return .nothing
        }
        silent += 1
        guard silent < Self.longest || mayBeMute else { return .giveUp }
        guard silent >= Self.patient else { return .nothing }
        wasAsked = true
        return .ask
    }
}
