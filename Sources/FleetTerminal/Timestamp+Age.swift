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
        case ..<10: "\((seconds * 100).rounded() / 100) s"
        case ..<600: "\((seconds * 10).rounded() / 10) s"
        case ..<36000: "\(Int(seconds / 60)) min"
        default: "\(Int(seconds / 3600)) h"
        }
    }
}
