import FleetBase
import FleetTerminal
import Synchronization

/// An answer on its way to the standard output: what came of a character by half waits for the rest.
final class AnswerText: Sendable {
    private struct State {
        var held: [UInt8] = []
        var isEmpty = true
        var endsLine = false
    }

    private let state = Mutex(State())
    private let console: Console

    init(_ console: Console) { self.console = console }

    /// A piece of it; what stands on the worker's standard error is not the answer.
    @Sendable func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        if stream == .output { take(Array(bytes)) }
        return .more
    }

    private func take(_ bytes: [UInt8]) {
        state.withLock { state in
            let all = state.held + bytes
            let whole = all.count - Self.unfinished(all)
            state.held = Array(all[whole...])
            state.isEmpty = false
            state.endsLine = all.last == UInt8(ascii: "\n")
            console.stream(Array(all[..<whole]))
        }
    }

    /// No more comes: a worker that was ended has not ended its line.
    func end() {
        state.withLock { state in
            let rest = state.held + (state.isEmpty || state.endsLine ? [] : [UInt8(ascii: "\n")])
            if !rest.isEmpty { console.stream(rest) }
            state = State()
        }
    }

    /// How many bytes at the end are the beginning of a character (RFC 3629, 3).
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            guard byte & 0xC0 == 0x80 else {
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
                return length > back ? back : 0
            }
        }
        return 0
    }
}
