import FleetBase
import FleetEvents
import Synchronization

/// Tells how far an input has gone to a host, a few times a second.
final class TransferTeller: Sendable {
    private static let pause = Duration.milliseconds(200)
    /// What is quicker than that is not worth a word.
    private static let smallest: Int64 = 64 << 10

    private let events: EventSource
    private let total: Int64
    private let last = Mutex<ContinuousClock.Instant>(.now)

    private init(_ events: EventSource, total: Int64) { (self.events, self.total) = (events, total) }

    /// - Returns: nil for an input that is not worth it.
    static func teller(of input: CommandLine.Input, _ events: EventSource) -> (@Sendable (Int64) -> Void)? {
        guard let size = input.size, size >= smallest else { return nil }
        let teller = TransferTeller(events, total: size)
        return { teller.tell($0) }
    }

    private func tell(_ bytes: Int64) {
        let isTime = last.withLock { last in
            let now = ContinuousClock.now
            guard bytes >= total || now - last >= Self.pause else { return false }
            last = now
            return true
        }
        if isTime { events.tell(.sent(Event.Transfer(min(bytes, total), of: total))) }
    }
}

extension CommandLine.Input {
    /// In bytes; nil for none.
    fileprivate var size: Int64? {
        switch self {
        case .none: nil
        case .bytes(let bytes): Int64(bytes.count)
        case .file(let path): ByteCount(ofFile: path).bytes
        }
    }
}
