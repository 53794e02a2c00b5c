import FleetBase
import Glibc

/// A file of what a worker wrote, read piece by piece: there may be gigabytes of it.
final class OutputFile: Sendable {
    static let piece = 64 << 10

    private let descriptor: CInt
    let size: Int64

    /// - Returns: nil when nothing came home.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { close(descriptor) }
            return nil
        }
        size = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// - Returns: the bytes from a place on; none at the end, or where the file can't be read.
    func bytes(from place: Int64, atMost count: Int = piece) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(descriptor, buffer.baseAddress, count, off_t(place)))
        }
    }
}
