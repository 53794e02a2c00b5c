import Glibc

/// A file descriptor that closes itself.
struct OpenFile: ~Copyable {
    let descriptor: Int32

    /// Takes over a descriptor.
    init(owning descriptor: Int32) { self.descriptor = descriptor }

    /// Opens for reading; a symbolic link at the end of the path is refused.
    init(reading path: String) throws(PackageError) { try self.init(reading: FilePlace(path)) }

    init(reading place: FilePlace) throws(PackageError) {
        descriptor = place.withPath { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
        guard descriptor >= 0 else { throw .unreadable("\(place)") }
    }

    deinit { close(descriptor) }

    /// Hands all bytes to `body`, a megabyte at a time.
    ///
    /// - Parameters:
    ///   - path: what errors call the file.
    ///   - size: how long it should be, so that a short one needs no large buffer.
    func forEachChunk(
        of path: String, size: Int64 = .max, _ body: (UnsafeRawBufferPointer) throws(PackageError) -> Void
    ) throws(PackageError) {
        let capacity = Int(min(size, (1 << 20) - 1)) + 1
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path) }
            guard count > 0 else { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// - Parameter path: what errors call the file.
    func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(PackageError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unwritable(path) }
            rest = rest.dropFirst(count)
        }
    }
}
