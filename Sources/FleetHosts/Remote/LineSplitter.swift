package import FleetBase
import Synchronization

/// Cuts the output of a running command into lines as they become whole.
package final class LineSplitter: Sendable {
    package typealias Receiver = @Sendable (CommandLine.Stream, String) -> Void

    /// What has no line break for so long is handed on in pieces.
    private static let longestLine = 64 << 10

    private let parts = Mutex<[CommandLine.Stream: [UInt8]]>([:])
    private let receive: @Sendable (CommandLine.Stream, [String]) -> Void

    package init(_ receive: @escaping Receiver) {
        self.receive = { stream, lines in
            for line in lines { receive(stream, line) }
        }
    }

    /// - Parameter lines: gets the lines of each piece of output together.
    init(lines: @escaping @Sendable (CommandLine.Stream, [String]) -> Void) { receive = lines }

    package func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        let lines = parts.withLock { parts in
            var part = parts[stream] ?? []
            defer { parts[stream] = part }
            return Self.lines(bytes, &part)
        }
        if !lines.isEmpty { receive(stream, lines) }
        return .more
    }

    /// What is left without a line break at the end.
    package func finish() {
        let rest = parts.withLock { parts in
            defer { parts = [:] }
            return parts.filter { !$0.value.isEmpty }
        }
        for (stream, bytes) in rest { receive(stream, [String(decoding: bytes, as: UTF8.self)]) }
    }

    private static func lines(_ bytes: UnsafeRawBufferPointer, _ part: inout [UInt8]) -> [String] {
        var lines: [String] = []
        var rest = bytes[...]
        // Only the new bytes are searched: a line may come in thousands of packets.
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(String(decoding: part + rest[..<end], as: UTF8.self))
            part = []
            rest = rest[rest.index(after: end)...]
        }
        part += rest
        if part.count > longestLine {
            lines.append(String(decoding: part, as: UTF8.self))
            part = []
        }
        return lines
    }
}
