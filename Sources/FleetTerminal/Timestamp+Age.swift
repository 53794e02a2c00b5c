package import FleetBase

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
