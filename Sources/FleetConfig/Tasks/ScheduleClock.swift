package import FleetBase

/// What a program that waits for times has already looked at, though somebody sets the clock or the machine sleeps.
///
/// As cron(8) of Debian: when the clock jumps forward by up to three hours, lines at fixed times that were missed start
/// at once, and lines with an asterisk in their minute or hour go on with the new time. When it jumps back by up to three
/// hours, lines at fixed times wait until it has caught up. A greater jump is a correction: both go on from there.
package struct ScheduleClock: Sendable {
    /// From when on lines may have come due, up to the moment of the look.
    package struct Look: Sendable {
        package let now: Timestamp
        let fixed: Timestamp
        let wildcard: Timestamp
        let interval: Timestamp
    }

    private static let greatestJump = Duration.seconds(3 * 3600)
    private static let greatestDelay = Duration.seconds(5 * 60)

    /// Up to where lines at fixed times have started.
    private var virtual: Timestamp
    private var last: Timestamp

    package init(_ now: Timestamp) { (virtual, last) = (now, now) }

    package mutating func look(at now: Timestamp) -> Look {
        let (jump, thisMinute) = (now.duration(since: virtual), Self.momentBefore(now))
        let isCorrection = jump > Self.greatestJump || jump < .zero - Self.greatestJump
        let isJump = jump > Self.greatestDelay || now < last
        let look = Look(
            now: now, fixed: isCorrection ? thisMinute : virtual, wildcard: isJump ? thisMinute : last,
            interval: min(last, now))
        virtual = isCorrection ? now : max(virtual, now)
        last = now
        return look
    }

    /// The last moment of the minute before.
    private static func momentBefore(_ now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds / 60_000 * 60_000 - 1)
    }
}

extension TaskSchedule {
    /// Whether a time of the schedule has come by then.
    package func isDue(_ look: ScheduleClock.Look) -> Bool {
        next(after: since(look)).map { $0 <= look.now } ?? false
    }
}
