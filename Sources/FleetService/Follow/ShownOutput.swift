import FleetBase
import Synchronization

/// How much of an attempt's output a person has seen, in bytes of each stream: what came live, and what is shown from
/// the files that came home, fit together to the byte.
final class ShownOutput: Sendable {
    private struct State {
        var lines: [CommandLine.Stream: OutputLines] = [:]
        /// The rest comes from the files.
        var isHome = false
    }

    private let state = Mutex(State())

    /// Whether nothing was shown.
    var isEmpty: Bool { state.withLock { $0.lines.values.allSatisfy { $0.taken == 0 } } }

    /// How many bytes of a stream came, whether their line was shown or not.
    func taken(_ stream: CommandLine.Stream) -> Int { state.withLock { $0.lines[stream]?.taken ?? 0 } }

    /// Takes what comes live.
    ///
    /// - Returns: the lines that are whole now.
    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> [String] {
        state.withLock { $0.isHome ? [] : $0.lines[stream, default: OutputLines()].take(bytes) }
    }

    /// The lines that were not shown, from what came home; what still comes live would be shown twice from now on.
    ///
    /// - Parameters:
    ///   - file: nil when nothing came home of the stream.
    ///   - show: gets the lines of one piece after the other.
    func showRest(
        of stream: CommandLine.Stream, in file: OutputFile?, _ show: ([String]) async throws -> Void
    ) async throws {
        state.withLock { $0.isHome = true }
        while let file {
            let place = Int64(taken(stream))
            let bytes = await ThreadExecutor.disk.run { file.bytes(from: place) }
            guard !bytes.isEmpty else { break }
            let lines = state.withLock { state in
                bytes.withUnsafeBytes { state.lines[stream, default: OutputLines()].take($0) }
            }
            try await show(lines)
        }
        try await show(state.withLock { $0.lines[stream]?.end().map { [$0] } ?? [] })
    }
}
