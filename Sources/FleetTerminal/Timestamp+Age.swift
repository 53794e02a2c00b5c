package import FleetBase
import Glibc

extension Timestamp {
    /// How long ago it was, in the largest unit that fits.
    package func age(at now: Timestamp = .now) -> Message {
        let seconds = Int(now.duration(since: self).seconds)
        return switch seconds {
        case ..<60: Message("just now")
        case ..<3600: Message("\(seconds / 60) min ago")
        case ..<86400: Message("\(seconds / 3600) h ago")
        default: Message("\(seconds / 86400) d ago")
        }
    }
}

extension Timestamp {
    /// `2026-11-21 15:30:12`, by this machine's clock.
    package var localText: String {
        var (seconds, fields) = (time_t(milliseconds / 1000), tm())
        localtime_r(&seconds, &fields)
        let numbers = [
            Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, Int(fields.tm_mday), Int(fields.tm_hour),
            Int(fields.tm_min), Int(fields.tm_sec),
        ].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return numbers[0...2].joined(separator: "-") + " " + numbers[3...].joined(separator: ":")
    }
}

extension Duration {
    /// `0.42 s`, `83.1 s`, `12 min`: three digits or so.
    package var shown: String {
        let seconds = seconds
        return switch seconds {
        case ..<9.995: "\(Self.fixed(seconds, digits: 2)) s"
        case ..<599.95: "\(Self.fixed(seconds, digits: 1)) s"
        case ..<36000: "\(Int(seconds / 60)) min"
        default: "\(Int(seconds / 3600)) h"
        }
    }

    /// With so many digits after the point, also where the last ones are 0: numbers below each other line up.
    private static func fixed(_ number: Double, digits: Int) -> String {
        var buffer = [CChar](repeating: 0, count: 32)
        let count = withVaList([CInt(digits), number]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
