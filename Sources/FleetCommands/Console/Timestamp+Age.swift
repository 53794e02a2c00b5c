import FleetBase

extension Timestamp {
    /// How long ago it was, in the largest unit that fits.
    func age(at now: Timestamp = .now) -> Message {
        let seconds = Int(now.duration(since: self).seconds)
        return switch seconds {
        case ..<60: Message("just now")
        case ..<3600: Message("\(seconds / 60) min ago")
        case ..<86400: Message("\(seconds / 3600) h ago")
        default: Message("\(seconds / 86400) d ago")
        }
    }
}

extension Duration {
    /// `0.42 s`, `83.1 s`, `12 min`: three digits or so.
    var shown: String {
        let seconds = seconds
        return switch seconds {
        case ..<10: "\((seconds * 100).rounded() / 100) s"
        case ..<600: "\((seconds * 10).rounded() / 10) s"
        case ..<36000: "\(Int(seconds / 60)) min"
        default: "\(Int(seconds / 3600)) h"
        }
    }
}
