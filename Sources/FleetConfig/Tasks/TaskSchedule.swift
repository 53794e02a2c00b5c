package import FleetBase

/// When a task of tasks.yaml runs by itself: `30 3 * * *`, `@daily`, `every 15m`.
package struct TaskSchedule: Sendable, Hashable {
    private enum Kind: Sendable, Hashable {
        case cron(CronExpression)
        /// At whole multiples of it since 1970, so that a restart shifts nothing.
        case every(Duration)
    }

    /// As it was written.
    package let text: String
    private let kind: Kind

    package init(parsing text: String) throws(ValueError) {
        self.text = text
        guard text.hasPrefix("every ") else {
            kind = .cron(try CronExpression(parsing: text))
            return
        }
        let interval = try Duration(parsing: String(text.dropFirst("every ".count)))
        guard interval >= .seconds(1) else { throw ValueError(Message("\"\(text)\" is more often than every 1s")) }
        kind = .every(interval)
    }

    package func next(after moment: Timestamp) -> Timestamp? {
        switch kind {
        case .cron(let expression): return expression.next(after: moment)
        case .every(let interval):
            let step = Int64(interval.seconds * 1000)
            return Timestamp(milliseconds: (moment.milliseconds / step + 1) * step)
        }
    }

    /// From when on its times have not been looked at.
    func since(_ look: ScheduleClock.Look) -> Timestamp {
        switch kind {
        case .cron(let expression): expression.isWildcard ? look.wildcard : look.fixed
        case .every: look.interval
        }
    }

    /// As crontab(5) has it; nil for what cron can't say, such as every 7 minutes.
    package var crontab: String? {
        switch kind {
        case .cron(let expression): return expression.text
        case .every(let interval):
            let minutes = Int(interval.seconds / 60)
            guard minutes > 0, interval == .seconds(minutes * 60) else { return nil }
            if minutes < 60 { return 60 % minutes == 0 ? "*/\(minutes) * * * *" : nil }
            guard minutes % 60 == 0, 24 % (minutes / 60) == 0 else { return nil }
            return minutes == 24 * 60 ? "0 0 * * *" : "0 */\(minutes / 60) * * *"
        }
    }
}
