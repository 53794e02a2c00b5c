package import FleetBase
import FleetEvents

/// How far bytes have gone to a host, and how fast: over the last seconds, so that a line that stands still is seen.
package struct TransferRate: Sendable, Hashable {
    private struct Sample: Sendable, Hashable {
        let time: Timestamp
        let bytes: Int64
    }

    /// Over how long a rate is taken.
    private static let span = Duration.seconds(5)

    package private(set) var bytes: Int64 = 0
    /// How many there are; nil when nobody knows.
    package private(set) var total: Int64?
    private var samples: [Sample] = []

    /// - Parameter start: when nothing was sent yet.
    init(from start: Timestamp?) { if let start { samples = [Sample(time: start, bytes: 0)] } }

    func adding(_ sent: Event.Transfer, at time: Timestamp) -> TransferRate {
        var rate = self
        // Another input begins.
        if sent.bytes < bytes || sent.of != total, bytes > 0 { rate.samples = [] }
        (rate.bytes, rate.total) = (sent.bytes, sent.of)
        rate.samples.append(Sample(time: time, bytes: sent.bytes))
        // One that is older stays, or a slow line would have no rate at all.
        while rate.samples.count > 2, time.duration(since: rate.samples[1].time) > Self.span {
            rate.samples.removeFirst()
        }
        return rate
    }

    /// From 0 to 1; nil when nobody knows.
    package var share: Double? {
        total.flatMap { $0 > 0 ? min(1, max(0, Double(bytes) / Double($0))) : nil }
    }

    /// In bytes a second; nil before anybody can tell.
    package func rate(at now: Timestamp) -> Double? {
        guard let first = samples.first, let last = samples.last, last.bytes > first.bytes else { return nil }
        let seconds = max(now, last.time).duration(since: first.time).seconds
        return seconds > 0.2 ? Double(last.bytes - first.bytes) / seconds : nil
    }

    /// How long the rest takes at this rate.
    package func left(at now: Timestamp) -> Duration? {
        guard let total, let rate = rate(at: now), rate > 0 else { return nil }
        return .seconds(min(Double(max(0, total - bytes)) / rate, 1e9))
    }
}
