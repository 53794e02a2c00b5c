/// A moment after which a wait is given up.
package struct Deadline: Sendable, Comparable {
    package let instant: ContinuousClock.Instant

    package init(_ instant: ContinuousClock.Instant) { self.instant = instant }

    package static func after(_ duration: Duration) -> Deadline { Deadline(.now + duration) }

    /// For what lives as long as the program and ends by other means.
    package static let distant = Deadline.after(.seconds(1_000_000_000))

    /// The same with time that does not count.
    package func later(by time: Duration) -> Deadline { Deadline(instant + time) }

    package var remaining: Duration { instant - .now }
    package var hasPassed: Bool { remaining <= .zero }

    /// Waits for work that can't be stopped, such as a blocking call of a C library, no longer than this.
    ///
    /// - Returns: nil when the time is over or the task is cancelled; the work then goes on by itself, unheard.
    package func limiting<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value? {
        let (answers, continuation) = AsyncStream<Value?>.makeStream()
        Task { continuation.yield(await work()) }
        let timer = Task {
            try? await Task.sleep(for: remaining)
            continuation.yield(nil)
        }
        defer { timer.cancel() }
        for await answer in answers { return answer }
        return nil
    }

    package static func < (left: Deadline, right: Deadline) -> Bool { left.instant < right.instant }
}

extension Duration {
    /// Seconds as a plain number, to the microsecond.
    package var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds / 1_000_000_000_000) / 1e6
    }

    /// Reads `500ms`, `90s`, `10m`, `2h`, `1d`; a bare number is seconds.
    package init(parsing text: String) throws(ValueError) {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let units: [Substring: Double] = ["ms": 0.001, "": 1, "s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let number = Double(digits), let unit = units[text.dropFirst(digits.count)], number * unit < 1e9 else {
            throw ValueError(Message("\"\(text)\" is not a duration such as 90s or 10m"))
        }
        self = .seconds(number * unit)
    }

    /// Reads a time limit, which is more than 0: nothing runs for ever, so 0 does not stand for no limit.
    package init(parsingLimit text: String) throws(ValueError) {
        self = try Duration(parsing: text)
        guard self > .zero else {
            throw ValueError(Message("\"\(text)\" is no time limit: it must be more than 0, such as 90s or 30d"))
        }
    }
}
