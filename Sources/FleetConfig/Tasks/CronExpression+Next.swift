package import FleetBase

extension CronExpression {
    /// cron looks no further back: a change of the clocks by more is a correction of the clock.
    private static let greatestChange = 180
    /// Minutes that cron may wake up late without taking it for a change of the clocks.
    private static let greatestDelay = 5

    /// The first minute after a moment in which cron(8) of Debian would start the line; nil when none comes within five
    /// years.
    ///
    /// Where the clocks go forward by up to three hours, what stands in the time that is left out starts right after the
    /// change, once. Where they go back by up to three hours, the minutes that come twice start a line the first time
    /// alone. A line whose minute or hour begins with an asterisk follows the new time at once, both times. Changes by
    /// more than three hours are corrections: what they leave out never starts, what they repeat starts again.
    package func next(after moment: Timestamp) -> Timestamp? { next(after: moment, by: .own) }

    func next(after moment: Timestamp, by clock: LocalClock) -> Timestamp? {
        let start = Int(moment.milliseconds / 60_000) + 1
        let end = start + 5 * 366 * 1440
        // A change before the start may still hold lines up after it.
        var span = clock.span(at: start - Self.greatestChange - Self.greatestDelay, until: end)
        var change: LocalClock.Change?
        while true {
            if let minute = first(in: span, after: change, from: start) {
                return Timestamp(milliseconds: Int64(minute) * 60_000)
            }
            guard span.end < end else { return nil }
            let next = clock.span(at: span.end, until: end)
            change = LocalClock.Change(minute: span.end, oldOffset: span.offset, newOffset: next.offset)
            span = next
        }
    }

    /// - Parameter change: the one that the span begins with.
    private func first(in span: LocalClock.Span, after change: LocalClock.Change?, from start: Int) -> Int? {
        guard span.end > start else { return nil }
        if let change, change.minute >= start, startsRightAfter(change) { return change.minute }
        var first = max(span.start, start)
        // What comes a second time has started the first time.
        if let change, !isWildcard, (-Self.greatestChange..<0).contains(change.size) {
            first = max(first, change.minute - change.size)
        }
        return firstFit(from: first + span.offset, before: span.end + span.offset).map { $0 - span.offset }
    }

    /// Whether something that the change leaves out is made up for in its first minute.
    private func startsRightAfter(_ change: LocalClock.Change) -> Bool {
        // As cron counts: from the last minute before the change to the first one after it.
        let difference = change.size + 1
        guard difference > 1, difference <= Self.greatestChange else { return false }
        guard !isWildcard || difference <= Self.greatestDelay else { return false }
        return firstFit(from: change.minute + change.oldOffset, before: change.minute + change.newOffset) != nil
    }
}
