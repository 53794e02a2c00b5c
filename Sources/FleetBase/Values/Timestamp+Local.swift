import Glibc

extension Timestamp {
    /// `2026-11-21 15:30:12`, by this machine's clock.
    package var localText: String {
        let numbers = localNumbers
        return numbers[0...2].joined(separator: "-") + " " + numbers[3...].joined(separator: ":")
    }

    /// `15:30:12`, by this machine's clock.
    package var clockText: String { localNumbers[3...].joined(separator: ":") }

    /// Year, month, day, hour, minute, second.
    private var localNumbers: [String] {
        var (seconds, fields) = (time_t(milliseconds / 1000), tm())
        localtime_r(&seconds, &fields)
        return [
            Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, Int(fields.tm_mday), Int(fields.tm_hour),
            Int(fields.tm_min), Int(fields.tm_sec),
        ].map { $0 < 10 ? "0\($0)" : "\($0)" }
    }
}
