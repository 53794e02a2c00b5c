import FleetBase
import Synchronization

/// How many lines of each stream a person has seen.
final class ShownLines: Sendable {
    private let counts = Mutex<[CommandLine.Stream: Int]>([:])

    func add(_ stream: CommandLine.Stream) { counts.withLock { $0[stream, default: 0] += 1 } }

    var isEmpty: Bool { counts.withLock { $0.isEmpty } }

    subscript(stream: CommandLine.Stream) -> Int { counts.withLock { $0[stream] ?? 0 } }
}
