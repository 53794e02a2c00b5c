import FleetBase
import FleetTerminal
import Synchronization

/// An answer on its way to the standard output: what came of a character by half waits for the rest.
final class AnswerText: Sendable {
    private struct State {
        var characters = WholeCharacters()
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
            state.isEmpty = state.isEmpty && bytes.isEmpty
            state.endsLine = bytes.last.map { $0 == UInt8(ascii: "\n") } ?? state.endsLine
            console.stream(state.characters.take(bytes))
        }
    }

    /// No more comes: a worker that was ended has not ended its line.
    func end() {
        state.withLock { state in
            let rest = state.characters.end() + (state.isEmpty || state.endsLine ? [] : [UInt8(ascii: "\n")])
            if !rest.isEmpty { console.stream(rest) }
            state = State()
        }
    }
}
