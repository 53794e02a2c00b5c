import FoundationEssentials
import Glibc

/// Small files that nobody but their owner can read, replaced as a whole.
package enum PrivateFile {
    package static func write(_ text: String, to path: String) throws {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let temporary = "\(path).\(getpid())"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw problem(path) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            bytes = bytes.dropFirst(count)
        }
        let isWritten = bytes.isEmpty && fsync(file) == 0
        close(file)
        guard isWritten, rename(temporary, path) == 0 else {
            defer { unlink(temporary) }
            throw problem(path)
        }
    }

    /// - Returns: whether there was one.
    package static func remove(_ path: String) throws -> Bool {
        guard unlink(path) != 0 else { return true }
        guard errno == ENOENT else { throw problem(path) }
        return false
    }

    private static func problem(_ path: String) -> ValueError {
        ValueError(Message("can't write \(path): \(Message(systemError: errno))"))
    }
}
