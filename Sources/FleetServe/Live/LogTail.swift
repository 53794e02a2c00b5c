import FleetBase
import FleetService
import Synchronization

/// The latest lines of a run's workers on their way to a browser: who does not read fast enough misses the oldest ones.
final class LogTail: Sendable {
    private struct State {
        var lines: [RunFollower.Line] = []
        var missed = 0
    }

    /// So many lines wait at most; a page shows no more.
    static let most = 1000
    /// What of a line is shown.
    private static let widest = 2000

    private let state = Mutex(State())
    private let wake: AsyncStream<Void>.Continuation
    let wakes: AsyncStream<Void>

    init() { (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    func add(_ line: RunFollower.Line) {
        state.withLock { state in
            state.lines.append(line)
            guard state.lines.count > 2 * Self.most else { return }
            state.missed += state.lines.count - Self.most
            state.lines.removeFirst(state.lines.count - Self.most)
        }
        wake.yield()
    }

    func end() { wake.finish() }

    /// What has come since the last time, as JSON; nil for nothing.
    func take() -> String? {
        let (lines, missed) = state.withLock { state in
            defer { state = State() }
            return (state.lines, state.missed)
        }
        guard !lines.isEmpty else { return nil }
        let shown = lines.suffix(Self.most)
        let rows = shown.map { line -> JSONValue in
            [
                .string(line.host.text), .string(HostText(line.task).line),
                .string(line.stream == .error ? "error" : "output"),
                .string(HostText(line.text).line(atMost: Self.widest)),
            ]
        }
        let value: JSONValue = [
            "missed": .integer(Int64(missed + lines.count - shown.count)), "lines": .array(rows),
        ]
        return HostText.escape(json: (try? JSONText.encode(value)) ?? "{}")
    }
}
