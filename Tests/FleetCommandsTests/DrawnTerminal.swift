import FleetTesting
import Foundation
import Synchronization

/// A terminal (pty(7)) on which a program draws and a test types.
final class DrawnTerminal: Sendable {
    /// The program's end.
    let descriptor: CInt
    private let master: CInt
    private let before: termios

    private struct State {
        var bytes: [UInt8] = []
        var size: (columns: Int, rows: Int)
        /// What of the bytes was written for a terminal of this size.
        var start = 0
        var isGone = false
    }

    private let state: Mutex<State>

    init(columns: Int, rows: Int) throws {
        var (master, slave): (CInt, CInt) = (-1, -1)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&master, &slave, nil, nil, &size) == 0 else {
            throw Program.Failed(description: "no pseudo terminal: \(String(cString: strerror(errno)))")
        }
        for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        (self.master, descriptor, before) = (master, slave, Self.attributes(slave))
        state = Mutex(State(size: (columns, rows)))
    }

    deinit {
        if !state.withLock(\.isGone) {
            close(master)
            close(descriptor)
        }
    }

    /// All that was written until now.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
        state.withLock { state in
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while !state.isGone {
                let count = read(master, &buffer, buffer.count)
                guard count > 0 else { break }
                state.bytes += buffer[..<count]
            }
            return state.bytes
        }
    }

    /// The rows as a person sees them.
    var screen: [String] {
        let bytes = bytes
        let (size, start) = state.withLock { ($0.size, $0.start) }
        var model = ScreenModel(width: size.columns, height: size.rows)
        model.take(Array(bytes[start...]))
        return model.rowsOfScreen
    }

    /// Whether lines and echo are as they were at the beginning.
    var isWhole: Bool {
        let now = Self.attributes(descriptor)
        return now.c_lflag == before.c_lflag && now.c_iflag == before.c_iflag && now.c_oflag == before.c_oflag
    }

    private static func attributes(_ descriptor: CInt) -> termios {
        var attributes = termios()
        tcgetattr(descriptor, &attributes)
        return attributes
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    /// - Parameter process: gets the signal that the terminal's own processes would get.
    func resize(columns: Int, rows: Int, telling process: Process) {
        let count = bytes.count
        state.withLock { ($0.size, $0.start) = ((columns, rows), count) }
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        kill(process.processIdentifier, SIGWINCH)
    }

    /// As when the connection to it breaks.
    func hangUp() {
        state.withLock { state in
            state.isGone = true
            close(master)
            close(descriptor)
        }
    }
}

extension FleetBinary {
    /// Starts the program with all of its streams on a terminal.
    func start(_ words: [String], on terminal: DrawnTerminal) throws -> Process {
        let process = process(words)
        let file = FileHandle(fileDescriptor: terminal.descriptor, closeOnDealloc: false)
        (process.standardInput, process.standardOutput, process.standardError) = (file, file, file)
        try process.run()
        return process
    }
}
