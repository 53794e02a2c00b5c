package import FleetBase
import Glibc

/// Five fields as crontab(5) has them: minute, hour, day of the month, month, day of the week; in local time.
///
/// Lists, ranges, steps, names of months and days, and `@hourly` to `@yearly`. A day counts when the day of the month or
/// that of the week fits, where both are given.
package struct CronExpression: Sendable, Hashable {
    private struct Field {
        let range: ClosedRange<Int>
        var names: [String] = []
    }

    private static let fields = [
        Field(range: 0...59), Field(range: 0...23), Field(range: 1...31),
        Field(
            range: 1...12, names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        Field(range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]
    private static let shorthands = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    /// As cron reads it.
    package let text: String
    private let values: [Set<Int>]
    private let isEveryDayOfMonth: Bool
    private let isEveryDayOfWeek: Bool
    /// cron(8): the minute or the hour begins with an asterisk, so that the line follows a new time at once.
    let isWildcard: Bool

    package init(parsing given: String) throws(ValueError) {
        let words = (Self.shorthands[given] ?? given).split(separator: " ").map(String.init)
        guard words.count == Self.fields.count else {
            throw ValueError(Message("\"\(given)\" is not a time such as \"30 3 * * *\", @daily or every 15m"))
        }
        var values: [Set<Int>] = []
        for (word, field) in zip(words, Self.fields) { values.append(try Self.values(word, field)) }
        if values[4].contains(7) { values[4].insert(0) }
        self.values = values
        text = zip(words, Self.fields).map { word, field in Self.spelled(word, field) }.joined(separator: " ")
        (isEveryDayOfMonth, isEveryDayOfWeek) = (words[2].hasPrefix("*"), words[4].hasPrefix("*"))
        isWildcard = words[0].hasPrefix("*") || words[1].hasPrefix("*")
        guard next(after: .now) != nil else { throw ValueError(Message("\"\(given)\" never comes")) }
    }

    private static func values(_ word: String, _ field: Field) throws(ValueError) -> Set<Int> {
        var values: Set<Int> = []
        for part in word.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            let step = halves.count == 1 ? 1 : halves[1].allSatisfy(\.isNumber) ? Int(halves[1]) : nil
            let range = halves.first == "*" ? field.range : Self.range(halves[0], field, isOpen: halves.count > 1)
            guard halves.count <= 2, let step, step > 0, let range else {
                throw ValueError(
                    Message("\"\(word)\" is not within \(field.range.lowerBound)-\(field.range.upperBound)"))
            }
            values.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
        }
        return values
    }

    /// cron knows steps of ranges alone: `5-59/10` for `5/10`.
    private static func spelled(_ word: String, _ field: Field) -> String {
        word.split(separator: ",").map { part in
            guard let slash = part.firstIndex(of: "/"), part.first != "*", !part.contains("-") else {
                return String(part)
            }
            return "\(part[..<slash])-\(field.range.upperBound)\(part[slash...])"
        }.joined(separator: ",")
    }

    /// - Parameter isOpen: `5/10` goes on to the field's end.
    private static func range(_ text: String, _ field: Field, isOpen: Bool) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
            (end.allSatisfy(\.isNumber) ? Int(end) : nil)
                ?? field.names.firstIndex(of: end.lowercased()).map { $0 + field.range.lowerBound }
        }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
            field.range.contains(first), field.range.contains(last)
        else { return nil }
        return first...(isOpen && ends.count == 1 ? field.range.upperBound : last)
    }

    /// The first minute of local clocks that fits, from one on and before another; nil where none does.
    ///
    /// - Parameters:
    ///   - start: minutes since 1970 that a clock on the wall would have counted.
    ///   - end: the same.
    func firstFit(from start: Int, before end: Int) -> Int? {
        var minute = start
        while minute < end {
            var seconds = time_t(minute) * 60
            var date = tm()
            gmtime_r(&seconds, &date)
            if !values[3].contains(Int(date.tm_mon) + 1) {
                (date.tm_mon, date.tm_mday, date.tm_hour, date.tm_min) = (date.tm_mon + 1, 1, 0, 0)
            } else if !fitsDay(date) {
                (date.tm_mday, date.tm_hour, date.tm_min) = (date.tm_mday + 1, 0, 0)
            } else if !values[1].contains(Int(date.tm_hour)) {
                (date.tm_hour, date.tm_min) = (date.tm_hour + 1, 0)
            } else if !values[0].contains(Int(date.tm_min)) {
                date.tm_min += 1
            } else {
                return minute
            }
            minute = timegm(&date) / 60
        }
        return nil
    }

    private func fitsDay(_ date: tm) -> Bool {
        let (day, weekday) = (values[2].contains(Int(date.tm_mday)), values[4].contains(Int(date.tm_wday)))
        return isEveryDayOfMonth || isEveryDayOfWeek ? day && weekday : day || weekday
    }
}
