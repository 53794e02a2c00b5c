import FleetBase
import Synchronization

extension RemoteShell {
    /// Runs one of fleet's own scripts that answers in lines, and reads no more than an answer may have: a host that goes
    /// on for ever is cut off long before the deadline.
    ///
    /// - Throws: lost, when the answer is too long; else as running a script does.
    func ask(
        _ script: Script, _ words: [ShellWord], input: CommandLine.Input = .none, deadline: Deadline
    ) async throws(Failure) -> RemoteResult {
        let limit = AnswerLimit()
        do throws(Failure) {
            let result = try await run(
                script, words, input: input, deadline: deadline, live: { _, bytes in limit.take(bytes.count) })
            guard !limit.isPassed else { throw .answerTooLong }
            return result
        } catch {
            throw limit.isPassed ? .answerTooLong : error
        }
    }
}

/// Counts what a host says, on both streams.
private final class AnswerLimit: Sendable {
    private let size = Mutex(0)

    var isPassed: Bool { size.withLock { $0 > HostAnswer.maximumSize } }

    func take(_ count: Int) -> CommandLine.Demand {
        size.withLock { size in
            size += count
            return size > HostAnswer.maximumSize ? .finished : .more
        }
    }
}
