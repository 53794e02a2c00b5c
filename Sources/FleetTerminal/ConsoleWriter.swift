package import FleetBase
import Glibc
import Synchronization

/// Writes to standard output and standard error, in order, on a thread of its own: who hands something over never waits
/// for a reader that does not read, an event loop least of all. It also keeps the progress below what it writes.
///
/// One for the program, as it has one of each stream.
package final class ConsoleWriter: Sendable {
    package static let shared = ConsoleWriter()

    /// A producer waits while more bytes than this are queued.
    private static let much = 1 << 20

    private struct State {
        var queue: [Piece] = []
        /// What is in the queue and being written.
        var size = 0
        var isRunning = false
        /// The errno of a write to standard output that failed. A reader that has enough (EPIPE) is no failure.
        var lostOutput: CInt = 0
        var progress: Progress?
        /// How often somebody had something to say, and whether all of that is on the streams.
        var told = 0
        var isIdle = true
        /// Whether somebody else draws on the terminal: what is said meanwhile comes afterwards.
        var isHeld = false
    }

    /// What is written to one of the streams.
    struct Piece {
        let stream: CInt
        let bytes: [UInt8]
        /// Where it leaves the cursor of the terminal: at the beginning of a row or behind some text; nil where it goes
        /// elsewhere.
        let endsLine: Bool?
    }

    /// The lines that should stand below all others now. Only the newest ones matter, so that a terminal that is stopped
    /// (Ctrl-S) costs no memory.
    private struct Progress {
        let lines: [StyledLine]
        let screen: Screen
        let style: Style
    }

    private let state = Mutex(State())
    /// Raised when there is something to write, and when something was written.
    private let (work, progress) = (Alarm(), Alarm())

    func write(_ piece: Piece) {
        tell {
            $0.queue.append(piece)
            $0.size += piece.bytes.count
        }
    }

    /// Shows lines below all others, instead of those of the last call.
    func show(_ lines: [StyledLine], on screen: Screen, _ style: Style) {
        tell {
            $0.progress = Progress(lines: lines, screen: screen, style: style)
        }
    }

    private func tell(_ change: (inout State) -> Void) {
        let isFirst = state.withLock { state in
            change(&state)
            state.told += 1
            state.isIdle = false
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if isFirst, !OwnThread.start({ [weak self] in Self.run { self } }) {
            // Without a thread left there is nobody else to do it.
            state.withLock { $0.isRunning = false }
            var area = ProgressArea()
            writeQueue(above: &area)
        }
        work.raise()
    }

    /// Writes nothing until it is released: a full screen has the terminal.
    package func hold() -> Hold {
        flush()
        state.withLock { $0.isHeld = true }
        return Hold(writer: self)
    }

    package struct Hold: Sendable {
        fileprivate let writer: ConsoleWriter

        package func release() {
            writer.state.withLock { $0.isHeld = false }
            writer.work.raise()
        }
    }

    package var isBehind: Bool { state.withLock { $0.size > Self.much } }

    /// Waits until less is left to write than is much: for who produces results as fast as they are read.
    package func waitWhileBehind() { wait { $0.size <= Self.much } }

    /// Waits until everything is written, no longer than until the deadline.
    package func flush(until deadline: Deadline = .distant) {
        wait(until: deadline) { $0.isIdle }
    }

    /// Why results did not all reach standard output; nil when they did.
    package var problem: String? {
        let code = state.withLock(\.lostOutput)
        return code == 0 ? nil : String(cString: strerror(code))
    }

    private func wait(until deadline: Deadline = .distant, for isEnough: (State) -> Bool) {
        while !state.withLock({ isEnough($0) }), !deadline.hasPassed { progress.waitBriefly() }
    }

    // MARK: The thread

    /// Ends when nobody has the writer any more.
    private static func run(_ writer: () -> ConsoleWriter?) {
        var area = ProgressArea()
        while let writer = writer() {
            writer.writeQueue(above: &area)
            writer.work.waitBriefly()
        }
    }

    private func writeQueue(above area: inout ProgressArea) {
        while !state.withLock(\.isHeld) {
            let (queue, wanted, told) = state.withLock { state in
                defer { state.queue = [] }
                return (state.queue, state.progress, state.told)
            }
            let isStale = wanted.map { area.isStale(for: $0.lines, size: $0.screen.size) } ?? false
            if !queue.isEmpty || isStale { write(queue, above: &area, wanted, isStale: isStale) }
            let isIdle = state.withLock { state in
                state.isIdle = state.told == told
                return state.isIdle
            }
            progress.raise()
            if isIdle { return }
        }
    }

    /// Writes pieces; progress that stands below is moved out of their way, and what should stand there now is drawn.
    private func write(_ queue: [Piece], above area: inout ProgressArea, _ wanted: Progress?, isStale: Bool) {
        guard !queue.isEmpty else {
            guard let wanted, isStale else { return }
            let size = wanted.screen.size
            let text = area.redrawing(wanted.lines, size: size, reflows: wanted.screen.reflows, wanted.style)
            return put(Self.inOneFrame(text), on: wanted.screen)
        }
        if let wanted, isStale || queue.contains(where: { $0.endsLine != nil }) {
            put(area.erasing(size: wanted.screen.size, reflows: wanted.screen.reflows), on: wanted.screen)
        }
        for piece in queue {
            put(piece.bytes, to: piece.stream)
            if let endsLine = piece.endsLine { area.isAtLineStart = endsLine }
            state.withLock { $0.size -= piece.bytes.count }
            progress.raise()
        }
        guard let wanted else { return }
        put(area.drawing(wanted.lines, size: wanted.screen.size, wanted.style), on: wanted.screen)
    }

    /// What a terminal shows at once, if it can (mode 2026); others ignore the mode.
    private static func inOneFrame(_ text: String) -> String { "\u{1B}[?2026h\(text)\u{1B}[?2026l" }

    private func put(_ text: String, on screen: Screen) { put(Array(text.utf8), to: screen.descriptor) }

    private func put(_ text: [UInt8], to stream: CInt) {
        var bytes = text[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var wait = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, -1)
                continue
            }
            guard count > 0 else {
                let problem = errno
                if stream == STDOUT_FILENO, problem != EPIPE { state.withLock { $0.lostOutput = problem } }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension Alarm {
    /// Blocks until it is raised, and takes that back. It ends by itself after a while, for who missed the sign.
    fileprivate func waitBriefly() {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 100) > 0 else { return }
        var value: UInt64 = 0
        read(descriptor, &value, MemoryLayout<UInt64>.size)
    }
}
