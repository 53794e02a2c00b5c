import Glibc

/// Local time, in minutes since 1970.
struct LocalClock: Sendable {
    /// A time in which the clocks do not change.
    struct Span {
        let start: Int
        let end: Int
        /// Minutes that local time is ahead of UTC.
        let offset: Int
    }

    struct Change {
        /// The first minute with the new time.
        let minute: Int
        let oldOffset: Int
        let newOffset: Int

        /// By how much the clocks go forward; below zero where they go back.
        var size: Int { newOffset - oldOffset }
    }

    /// Two changes are never nearer to each other.
    private static let stride = 12 * 60

    /// This machine's.
    static let own = LocalClock { minute in
        var seconds = time_t(minute) * 60
        var date = tm()
        localtime_r(&seconds, &date)
        return Int(date.tm_gmtoff) / 60
    }

    /// Minutes that local time is ahead of UTC at a minute.
    let offset: @Sendable (Int) -> Int

    init(offset: @escaping @Sendable (Int) -> Int) { self.offset = offset }

    /// The span that begins at a minute, up to the next change or to `end`.
    func span(at start: Int, until end: Int) -> Span {
        let first = offset(start)
        var same = start
        while same < end {
            let next = min(same + Self.stride, end)
            guard offset(next) == first else {
                return Span(start: start, end: change(after: same, upTo: next), offset: first)
            }
            same = next
        }
        return Span(start: start, end: end, offset: first)
    }

    /// The first minute with another offset than `same` has, up to one that has another.
    private func change(after same: Int, upTo other: Int) -> Int {
        let first = offset(same)
        var (low, high) = (same, other)
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(middle) == first { low = middle } else { high = middle }
        }
        return high
    }
}
