import FleetBase
import Glibc

/// A line for sh on the master whose output is a secret: it goes through a pipe, and never to a disk.
enum LocalCommand {
    private static let limit = 1 << 20

    /// Blocks.
    ///
    /// - Returns: what it printed; nil when it failed.
    static func output(of line: String, in folder: String) -> String? {
        guard let pipe = Descriptor.pipe() else { return nil }
        defer { close(pipe.read) }
        let process = ChildProcess.spawn(
            ["/bin/sh", "-c", line], descriptors: [STDOUT_FILENO: pipe.write], directory: folder)
        close(pipe.write)
        guard let process else { return nil }
        let bytes = read(from: pipe.read)
        // What says too much, or nothing for too long, would never end.
        if bytes == nil { kill(process, SIGKILL) }
        guard ChildProcess.wait(process) == .status(0), let bytes else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func read(from descriptor: CInt) -> [UInt8]? {
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        let deadline = Deadline.after(.seconds(60))
        while bytes.count < limit, !deadline.hasPassed {
            var watch = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&watch, 1, 1000) > 0 else { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes += buffer[..<count]
        }
        return nil
    }
}
