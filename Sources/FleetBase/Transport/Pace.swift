import Synchronization

/// Limits how many bytes go out in a second, for all who share it (a token bucket, as RFC 2697 has it).
package final class Pace: Sendable {
    private let bytesPerSecond: Double
    /// Until when what was sent so far takes at this pace.
    private let busyUntil = Mutex(ContinuousClock.now)

    /// - Parameter rate: for each second.
    package init(_ rate: ByteCount) { bytesPerSecond = max(1, Double(rate.bytes)) }

    /// Counts bytes as sent.
    ///
    /// - Returns: when the next may go.
    package func take(_ bytes: Int) -> Deadline {
        busyUntil.withLock { instant in
            instant = max(instant, .now) + .seconds(Double(bytes) / bytesPerSecond)
            return Deadline(instant)
        }
    }
}
