import FleetBase
import FleetPackage
import Glibc

/// A file on the master that takes a command's output as it comes.
final class DownloadFile: Sendable {
    private let path: String
    private let descriptor: CInt

    init(_ path: String) throws(Failure) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unwritable(path) }
    }

    deinit { close(descriptor) }

    private static func unwritable(_ path: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .lost, Message("can't write \(path): \(reason)"), hint: Message("is the disk of this machine full?"))
    }

    func take(_ stream: CommandLine.Stream, _ bytes: UnsafeRawBufferPointer) -> CommandLine.Demand {
        guard stream == .output else { return .more }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            // A disk that is full shows in the archive, which is then cut short.
            guard count > 0 else { return .finished }
            rest = rest.dropFirst(count)
        }
        return .more
    }

    /// - Throws: when what was written is not on its way to the disk.
    func finish() throws(Failure) {
        guard fsync(descriptor) == 0 else { throw Self.unwritable(path) }
    }

    /// Unpacks an archive and removes it.
    static func extract(_ path: String, into folder: String) throws(PackageError) -> Extraction {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer {
            close(descriptor)
            unlink(path)
        }
        return try ArchiveReader(descriptor: descriptor).extract(into: folder)
    }
}
