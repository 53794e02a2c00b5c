import FleetService
import Synchronization

/// Lines on their way from the transport's threads to who shows them.
final class PendingLines: Sendable {
    private let lines = Mutex<[RunFollower.Line]>([])
    private let wake: AsyncStream<Void>.Continuation
    let wakes: AsyncStream<Void>

    init() { (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    /// Whether who shows them is behind.
    var isFull: Bool { lines.withLock { $0.count > MonitorLog.most } }

    func add(_ line: RunFollower.Line) {
        lines.withLock { $0.append(line) }
        wake.yield()
    }

    func take() -> [RunFollower.Line] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    func end() { wake.finish() }
}
