package import FleetBase
import Synchronization

/// Cuts the output of a running command into lines as they become whole, without fleet's own marks.
package final class LineSplitter: Sendable {
    package typealias Receiver = @Sendable (CommandLine.Stream, String) -> Void

    /// What has no line break for so long is handed on in pieces.
    private static let longestLine = 64 << 10

    private struct State {
        var parts: [CommandLine.Stream: [UInt8]] = [:]
        /// An empty line is held back: before a mark it is the mark's own.
        var heldBack: Set<CommandLine.Stream> = []
    }

    private let state = Mutex(State())
    private let receive: Receiver

    package init(_ receive: @escaping Receiver) { self.receive = receive }

    package func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        for line in state.withLock({ Self.lines(stream, bytes, &$0) }) { receive(stream, line) }
        return .more
    }

    /// What is left without a line break at the end.
    package func finish() {
        let rest = state.withLock { state in
            defer { state.parts = [:] }
            return state.parts.filter { !$0.value.isEmpty }
        }
        for (stream, bytes) in rest { receive(stream, String(decoding: bytes, as: UTF8.self)) }
    }

    private static func lines(
        _ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer, _ state: inout State
    ) -> [String] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        // Only the new bytes are searched: a line may come in thousands of packets.
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            pieces.append(state.parts[stream, default: []] + rest[..<end])
            state.parts[stream] = []
            rest = rest[rest.index(after: end)...]
        }
        state.parts[stream, default: []] += rest
        if state.parts[stream, default: []].count > longestLine {
            pieces.append(state.parts[stream, default: []])
            state.parts[stream] = []
        }
        return pieces.flatMap { piece -> [String] in
            let line = String(decoding: piece, as: UTF8.self)
            let wasHeldBack = state.heldBack.remove(stream) != nil
            if line.hasPrefix("@fleet ") || line.hasPrefix("@job ") || line == "@alive" { return [] }
            guard !line.isEmpty else {
                state.heldBack.insert(stream)
                return wasHeldBack ? [""] : []
            }
            return wasHeldBack ? ["", line] : [line]
        }
    }
}
