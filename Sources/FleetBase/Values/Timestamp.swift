import Glibc

/// A moment in UTC to the millisecond, written as ISO 8601 so that texts sort as times: `2026-11-21T15:30:12.345Z`.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Since 1970, leap seconds not counted; never more than the years from 1 to 9999.
    package let milliseconds: Int64

    private static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// What is before the year 1 or after 9999 becomes the first or the last moment of these.
    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    package static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Reads `2026-11-21T15:30:12Z`, with or without a fraction of a second.
    package init(parsing text: String) throws(ValueError) {
        let parts = text.split(omittingEmptySubsequences: false) { "-T:.Z".contains($0) }
        let numbers = parts.prefix(6).compactMap { Int32($0) }
        let fraction = parts.count == 8 ? (parts[6] + "00").prefix(3) : "0"
        guard let subsecond = Int64(fraction), let time = Self.time(numbers), text.hasSuffix("Z"),
            text.hasPrefix(Timestamp(milliseconds: time * 1000).text("%Y-%m-%dT%H:%M:%S")),
            text.utf8.count == 20 || parts.count == 8
        else { throw ValueError(Message("\"\(text)\" is not a time such as 2026-11-21T15:30:12Z")) }
        milliseconds = time * 1000 + subsecond
    }

    /// - Parameter fields: year, month, day, hour, minute, second.
    private static func time(_ fields: [Int32]) -> Int64? {
        guard fields.count == 6, (1...9999).contains(fields[0]), fields.allSatisfy({ (0...9999).contains($0) }) else {
            return nil
        }
        var date = tm()
        (date.tm_year, date.tm_mon, date.tm_mday) = (fields[0] - 1900, fields[1] - 1, fields[2])
        (date.tm_hour, date.tm_min, date.tm_sec) = (fields[3], fields[4], fields[5])
        return Int64(timegm(&date))
    }

    package var description: String { text("%Y-%m-%dT%H:%M:%S") + "." + padded(subsecond) + "Z" }

    /// `20261121-153012`, for names of files and runs.
    package var compact: String { text("%Y%m%d-%H%M%S") }

    package func adding(_ duration: Duration) -> Timestamp {
        // Further than the whole range is as good as endless.
        let shift = min(max(duration.seconds * 1000, -1e15), 1e15)
        return Timestamp(milliseconds: milliseconds + Int64(shift))
    }

    package func duration(since earlier: Timestamp) -> Duration {
        .milliseconds(milliseconds - earlier.milliseconds)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    private var subsecond: Int64 { (milliseconds % 1000 + 1000) % 1000 }

    private func padded(_ number: Int64) -> String { String("00\(number)".suffix(3)) }

    /// Formats by strftime(3).
    private func text(_ format: String) -> String {
        var seconds = time_t((milliseconds - subsecond) / 1000)
        var fields = tm()
        gmtime_r(&seconds, &fields)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &fields)
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
