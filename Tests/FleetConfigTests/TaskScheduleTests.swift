import FleetBase
import Foundation
import Testing

@testable import FleetConfig

/// When tasks run by themselves. Times are this machine's own, so they are compared by its calendar.
@Suite struct TaskScheduleTests {
    private let start: Timestamp = {
        // A Saturday.
        let date = DateComponents(calendar: .current, year: 2026, month: 11, day: 21, hour: 15, minute: 30, second: 12)
        return Timestamp(milliseconds: Int64((date.date?.timeIntervalSince1970 ?? 0) * 1000))
    }()

    private func next(_ text: String) throws -> String {
        let time = try #require(try TaskSchedule(parsing: text).next(after: start))
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        let parts = Calendar.current.dateComponents([.month, .day, .hour, .minute], from: date)
        return "\(parts.month ?? 0)-\(parts.day ?? 0) \(parts.hour ?? 0):\(parts.minute ?? 0)"
    }

    @Test(arguments: [
        ("* * * * *", "11-21 15:31"), ("30 3 * * *", "11-22 3:30"), ("*/20 * * * *", "11-21 15:40"),
        ("5/20 16-18 * * *", "11-21 16:5"), ("0 0 1 * *", "12-1 0:0"), ("15 6 * * mon-fri", "11-23 6:15"),
        ("0 12 29 2 *", "2-29 12:0"), ("0 9 * * 7", "11-22 9:0"), ("@daily", "11-22 0:0"), ("@yearly", "1-1 0:0"),
        ("0 8 1,15 jan,JUL *", "1-1 8:0"),
        // Day of the month or of the week, where both are given: crontab(5).
        ("0 0 13 * fri", "11-27 0:0"), ("0 0 22 * fri", "11-22 0:0"),
    ])
    func findsTheNextTime(text: String, expected: String) throws { #expect(try next(text) == expected) }

    @Test func countsIntervalsFrom1970() throws {
        let schedule = try TaskSchedule(parsing: "every 15m")
        let time = try #require(schedule.next(after: start))
        #expect(time.milliseconds % 900_000 == 0 && time > start && time.duration(since: start) <= .seconds(900))
        #expect(try #require(schedule.next(after: time)).duration(since: time) == .seconds(900))
    }

    @Test(arguments: [
        "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *",
        "a * * * *", "1,,2 * * * *", "1/2/3 * * * *", "0 0 30 2 *", "@often", "every", "every 0s", "every soon",
        "-1 * * * *", "+5 * * * *", "*/+5 * * * *",
    ])
    func refuses(text: String) { #expect(throws: ValueError.self) { try TaskSchedule(parsing: text) } }

    @Test(arguments: [
        ("every 1m", "*/1 * * * *"), ("every 15m", "*/15 * * * *"), ("every 6h", "0 */6 * * *"),
        ("every 24h", "0 0 * * *"), ("every 7m", nil), ("every 5h", nil), ("every 30s", nil), ("every 90m", nil),
        ("@weekly", "0 0 * * 0"), ("1 2 * * mon", "1 2 * * mon"),
        ("5/20,7 16-18 * mar/2 *", "5-59/20,7 16-18 * mar-12/2 *"),
    ])
    func saysWhatCronCanSay(text: String, crontab: String?) throws {
        #expect(try TaskSchedule(parsing: text).crontab == crontab)
    }
}
