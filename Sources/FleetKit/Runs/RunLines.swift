import FleetBase
import FleetService
import Synchronization

/// A line that a worker wrote.
public struct RunLine: Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// The name of the task.
    public let task: String
    /// Which of its streams the worker wrote to.
    public let stream: OutputStream
    /// The line without its end, as the host has it.
    public let text: String

    init(_ line: RunFollower.Line) {
        (host, task, text) = (line.host.text, line.task, line.text)
        stream = line.stream == .output ? .output : .error
    }
}

/// Lines of a run as they come, for one reader. While the reader is behind, hosts are not read.
public struct RunLines: AsyncSequence, Sendable {
    /// How many lines wait before hosts are not read any more.
    private static let mostWaiting = 10_000

    private let lines: AsyncThrowingStream<RunLine, any Error>
    private let waiting: Waiting

    init(_ follower: RunFollower) {
        let waiting = Waiting()
        self.waiting = waiting
        lines = AsyncThrowingStream { lines in
            let task = Task {
                do {
                    try await follower.follow(isBehind: { waiting.count > Self.mostWaiting }) { line in
                        waiting.add(1)
                        lines.yield(RunLine(line))
                    }
                    lines.finish()
                } catch {
                    lines.finish(throwing: error)
                }
            }
            lines.onTermination = { _ in task.cancel() }
        }
    }

    /// The only reader's way through them.
    public func makeAsyncIterator() -> Iterator { Iterator(lines: lines.makeAsyncIterator(), waiting: waiting) }

    /// Gives one line after the other.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var lines: AsyncThrowingStream<RunLine, any Error>.Iterator
        fileprivate let waiting: Waiting

        /// - Returns: nil after the last line.
        /// - Throws: when the ledger can't be read.
        public mutating func next() async throws(FleetError) -> RunLine? {
            do {
                let line = try await lines.next()
                if line != nil { waiting.add(-1) }
                return line
            } catch {
                throw FleetError(error)
            }
        }
    }
}

/// Counts the lines that were not read yet.
private final class Waiting: Sendable {
    private let number = Atomic(0)

    var count: Int { number.load(ordering: .relaxed) }

    func add(_ more: Int) { number.add(more, ordering: .relaxed) }
}
