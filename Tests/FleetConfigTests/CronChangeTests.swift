import FleetBase
import Foundation
import Testing

@testable import FleetConfig

/// Changes of the clocks, as cron(8) of Debian does them.
@Suite struct CronChangeTests {
    private static func clock(_ zone: String) throws -> LocalClock {
        let zone = try #require(TimeZone(identifier: zone))
        return LocalClock { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0) * 60)) / 60 }
    }

    private static func minute(_ text: String) throws -> Int {
        Int(try Timestamp(parsing: text).milliseconds / 60_000)
    }

    private func next(_ line: String, after text: String, in zone: String) throws -> String {
        let time = try CronExpression(parsing: line).next(after: Timestamp(parsing: text), by: Self.clock(zone))
        return try #require(time).description.replacing(":00.000Z", with: "Z")
    }

    @Test(arguments: [
        // 1:57 in summer; at 2:00 it is 1:00 again.
        ("*/5 * * * *", "2026-11-01T05:57:30Z", "America/New_York", "2026-11-01T06:00Z"),
        ("0 * * * *", "2026-11-01T05:57:30Z", "America/New_York", "2026-11-01T06:00Z"),
        ("*/5 * * * *", "2026-10-25T00:57:30Z", "Europe/Madrid", "2026-10-25T01:00Z"),
        // 2:30 comes twice, and starts once.
        ("30 2 * * *", "2026-10-25T00:10:00Z", "Europe/Madrid", "2026-10-25T00:30Z"),
        ("30 2 * * *", "2026-10-25T00:30:00Z", "Europe/Madrid", "2026-10-26T01:30Z"),
        ("0 3 * * *", "2026-10-25T00:57:30Z", "Europe/Madrid", "2026-10-25T02:00Z"),
        // 2:30 does not come, and starts at 3:00.
        ("30 2 * * *", "2026-03-29T00:30:30Z", "Europe/Madrid", "2026-03-29T01:00Z"),
        ("30 2 * * *", "2026-03-29T01:00:00Z", "Europe/Madrid", "2026-03-30T00:30Z"),
        ("0 3 * * *", "2026-03-29T00:30:30Z", "Europe/Madrid", "2026-03-29T01:00Z"),
        ("30 2 29 3 *", "2026-03-28T00:30:30Z", "Europe/Madrid", "2026-03-29T01:00Z"),
        ("*/50 * * * *", "2026-03-29T00:50:30Z", "Europe/Madrid", "2026-03-29T01:00Z"),
        ("30 * * * *", "2026-03-29T00:50:30Z", "Europe/Madrid", "2026-03-29T01:30Z"),
        // A change by half an hour, and one of a whole day, which is a correction.
        ("10 2 * * *", "2026-10-03T15:00:00Z", "Australia/Lord_Howe", "2026-10-03T15:30Z"),
        ("0 9 30 12 *", "2011-12-29T00:00:00Z", "Pacific/Apia", "2012-12-29T19:00Z"),
    ])
    func followsTheClocks(line: String, after: String, zone: String, expected: String) throws {
        #expect(try next(line, after: after, in: zone) == expected)
    }

    private static let zones = [
        ("Europe/Madrid", "2026-03-28T12:00:00Z"), ("Europe/Madrid", "2026-10-24T12:00:00Z"),
        ("America/New_York", "2026-11-01T00:00:00Z"), ("America/New_York", "2026-03-08T00:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T02:00:00Z"), ("Australia/Lord_Howe", "2026-10-03T02:00:00Z"),
        ("Antarctica/Troll", "2026-03-28T20:00:00Z"), ("Antarctica/Troll", "2026-10-24T20:00:00Z"),
        ("Pacific/Apia", "2011-12-29T22:00:00Z"), ("Africa/Casablanca", "2026-02-14T20:00:00Z"),
        ("UTC", "2026-06-01T00:00:00Z"),
    ]
    private static let lines = [
        "*/5 * * * *", "0 * * * *", "30 2 * * *", "0,30 1-3 * * *", "15 */2 * * *", "* 2 * * *", "0 0 * * *",
        "59 1 * * *",
        "10 2 * * *", "0 3 * * *", "5 5 * * sun", "*/7 3 * * *", "45 1 29 3 *",
    ]

    @Test(arguments: zones) func startsWhatCronStarts(zone: String, start: String) throws {
        let (clock, first) = (try Self.clock(zone), try Self.minute(start))
        for line in Self.lines {
            let expression = try CronExpression(parsing: line)
            let cron = Cron(expression, clock)
            let expected = cron.starts(from: first, minutes: 40 * 60)
            var found: [Int] = []
            var moment = Timestamp(milliseconds: Int64(first - 1) * 60_000)
            while let time = expression.next(after: moment, by: clock),
                time.milliseconds / 60_000 < Int64(first + 40 * 60)
            {
                found.append(Int(time.milliseconds / 60_000))
                moment = time
            }
            #expect(found == expected, "\(line) in \(zone)")
        }
    }
}

/// The main loop of Debian's cron 3.0pl1 (cron.c), which wakes up in every minute.
private struct Cron {
    private let expression: CronExpression
    private let clock: LocalClock

    init(_ expression: CronExpression, _ clock: LocalClock) { (self.expression, self.clock) = (expression, clock) }

    private func fits(_ virtual: Int) -> Bool { expression.firstFit(from: virtual, before: virtual + 1) != nil }

    func starts(from first: Int, minutes: Int) -> [Int] {
        var started: [Int] = []
        // Long before, so that its virtual time is what it would be.
        var virtual = first - 1000 + clock.offset(first - 1000)
        for minute in first - 999..<first + minutes {
            let running = minute + clock.offset(minute)
            var starts = false
            func find(_ time: Int, wild: Bool, fixed: Bool) {
                if fits(time), expression.isWildcard ? wild : fixed { starts = true }
            }
            switch running - virtual {
            case 1:
                virtual = running
                find(virtual, wild: true, fixed: true)
            case 2...5:
                while virtual < running {
                    virtual += 1
                    find(virtual, wild: true, fixed: true)
                }
            case 6...180:
                find(running, wild: true, fixed: false)
                while virtual < running {
                    virtual += 1
                    find(virtual, wild: false, fixed: true)
                }
            case -179...0: find(running, wild: true, fixed: false)
            default:
                virtual = running
                find(running, wild: true, fixed: true)
            }
            if starts, minute >= first { started.append(minute) }
        }
        return started
    }
}

/// A clock that somebody sets, and a machine that sleeps.
@Suite struct ScheduleClockTests {
    private let noon: Timestamp

    init() throws { noon = try Timestamp(parsing: "2026-06-01T12:00:00Z") }

    private func at(_ minutes: Int) -> Timestamp { noon.adding(.seconds(minutes * 60 + 10)) }

    /// Which of the minutes that a clock shows start a line of each kind; every 5 minutes, at whole minutes of the hour.
    private func due(_ line: String, _ minutes: [Int]) throws -> [Int] {
        let schedule = try TaskSchedule(parsing: line)
        var clock = ScheduleClock(at(minutes[0]))
        return minutes.dropFirst().filter { schedule.isDue(clock.look(at: at($0))) }
    }

    @Test func startsAtFixedTimesThatASleepMissed() throws {
        #expect(try due("15 * * * *", [0, 1, 60, 61]).isEmpty)
        #expect(try due("*/5 * * * *", [0, 1, 61, 65]) == [65])
        #expect(try due("15 0-23 * * *", [0, 1, 60, 61]) == [60])
    }

    @Test func repeatsNoFixedTimeWhenTheClockIsSetBack() throws {
        #expect(try due("15 0-23 * * *", [10, 15, 16, -40, -45 + 60, 16, 75]) == [15, 75])
        #expect(try due("*/5 * * * *", [10, 15, 16, 10, 15]) == [15, 10, 15])
    }

    @Test func takesAGreatJumpForACorrection() throws {
        #expect(try due("15 0-23 * * *", [0, 1, 600, 601, 615]) == [615])
        #expect(try due("15 0-23 * * *", [0, 15, -600, -585]) == [15, -585])
    }

    @Test func countsIntervalsOn() throws { #expect(try due("every 5m", [0, 1, 5, 6, 0, 5]) == [5, 5]) }
}
