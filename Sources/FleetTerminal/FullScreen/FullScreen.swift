import CLinux
import FleetBase
import Glibc
import Synchronization

/// The whole terminal, for a program that draws it until it ends: frames go out, keys come in.
///
/// A thread of its own writes and reads. Only the newest frame matters, so a terminal that is slow or stopped costs no
/// memory and holds nobody up; one that is gone ends the input.
package final class FullScreen: Sendable {
    package enum Input: Sendable, Hashable {
        case key(Key)
        /// The terminal has another size, or the program goes on after a stop.
        case redraw
    }

    private struct State {
        var frame: ScreenGrid?
        /// What the terminal shows; nil when nobody knows.
        var shown: ScreenGrid?
        var hasEnded = false
    }

    /// How long what follows an Escape may take, over a slow line.
    private static let patience: CInt = 50

    /// Ends when the terminal is gone.
    package let input: AsyncStream<Input>
    private let feed: AsyncStream<Input>.Continuation
    private let state = Mutex(State())
    private let (frames, signals) = (Alarm(), Alarm())
    private let (inputDescriptor, screen): (CInt, Screen)
    private let style: Style

    /// - Returns: nil where there is no terminal that a program can draw.
    package static func open(environment: [String: String]) -> FullScreen? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, environment["TERM"] != "dumb" else { return nil }
        return FullScreen(input: STDIN_FILENO, output: STDOUT_FILENO, environment: environment)
    }

    init?(input: CInt, output: CInt, environment: [String: String]) {
        (inputDescriptor, screen) = (input, Screen(output, environment: environment))
        style = Style(isOn: environment["NO_COLOR"].map(\.isEmpty) ?? true)
        (self.input, feed) = AsyncStream.makeStream(of: Input.self, bufferingPolicy: .bufferingNewest(256))
        guard fleet_screen_enter(output, signals.descriptor) == 0 else { return nil }
        guard OwnThread.start({ self.run() }) else {
            fleet_screen_leave()
            return nil
        }
    }

    package var size: (columns: Int, rows: Int) {
        let size = screen.size
        return (size.columns, size.rows)
    }

    package func show(_ frame: ScreenGrid) {
        state.withLock { $0.frame = frame }
        frames.raise()
    }

    /// Gives the terminal back what it was.
    package func close() {
        state.withLock { state in
            guard !state.hasEnded else { return }
            state.hasEnded = true
            fleet_screen_leave()
        }
        feed.finish()
        frames.raise()
    }

    /// Stops the program and those that it shares a pipe with, as Ctrl-Z does where nobody draws.
    package func stop() { kill(0, SIGTSTP) }

    /// Gives a terminal back what it was, whoever has it: before a program ends at once.
    package static func restore() { fleet_screen_leave() }

    // MARK: The thread

    private func run() {
        var keys = KeyReader()
        while !state.withLock(\.hasEnded) {
            var waits = [
                pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: frames.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&waits, 3, keys.isInKey ? Self.patience : -1)
            guard count >= 0 else {
                if errno == EINTR { continue }
                return feed.finish()
            }
            if count == 0 { send(keys.take([], isAll: true)) }
            if waits[0].revents != 0, !read(&keys) { return feed.finish() }
            if waits[2].revents != 0 {
                signals.lower()
                state.withLock { $0.shown = nil }
                feed.yield(.redraw)
            }
            if waits[1].revents != 0 {
                frames.lower()
                draw()
            }
        }
    }

    private func send(_ keys: [Key]) { for key in keys { feed.yield(.key(key)) } }

    /// - Returns: false when the terminal is gone.
    private func read(_ keys: inout KeyReader) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = Glibc.read(inputDescriptor, &bytes, bytes.count)
        guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
        send(keys.take(Array(bytes[..<count])))
        return true
    }

    private func draw() {
        let changes = state.withLock { state -> String in
            guard !state.hasEnded, fleet_screen_is_on() == 1, let frame = state.frame else { return "" }
            defer { state.shown = frame }
            return frame.changes(since: state.shown, style)
        }
        if !changes.isEmpty { write("\u{1B}[?2026h\(changes)\u{1B}[?2026l") }
    }

    /// In small pieces, each when there is room: a terminal that was stopped (Ctrl-S) keeps nobody from ending.
    private func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty, fleet_screen_is_on() == 1 {
            var wait = pollfd(fd: screen.descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&wait, 1, 100) > 0 else { continue }
            let count = bytes.withUnsafeBytes { Glibc.write(screen.descriptor, $0.baseAddress, min($0.count, 512)) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension Alarm {
    fileprivate func lower() {
        var value: UInt64 = 0
        read(descriptor, &value, MemoryLayout<UInt64>.size)
    }
}
