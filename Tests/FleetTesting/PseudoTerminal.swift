import Foundation
import Synchronization

/// A terminal (pty(7)) that a test looks at, reads slowly or not at all, and resizes.
package final class PseudoTerminal: Sendable {
    /// What a program writes to.
    package let descriptor: CInt
    private let master: CInt

    package init(columns: Int) throws {
        var (master, slave): (CInt, CInt) = (-1, -1)
        var size = Self.size(columns)
        guard openpty(&master, &slave, nil, nil, &size) == 0 else {
            throw Program.Failed(description: "no pseudo terminal: \(String(cString: strerror(errno)))")
        }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        (self.master, descriptor) = (master, slave)
    }

    deinit {
        close(master)
        close(descriptor)
    }

    package func resize(to columns: Int) {
        var size = Self.size(columns)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// What was written since the last call, as far as it has arrived.
    package func read() -> [UInt8] {
        var (all, buffer): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 64 << 10))
        while true {
            let count = Foundation.read(master, &buffer, buffer.count)
            guard count > 0 else { return all }
            all += buffer[..<count]
        }
    }

    private static func size(_ columns: Int) -> winsize {
        winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    }
}
