import Glibc

/// The bytes of a file in memory (mmap(2)), as they are on the disk: nothing is copied, and what is not touched is not
/// read.
package struct MappedFile: ~Copyable {
    private let bytes: UnsafeRawBufferPointer

    /// - Parameter path: a file that nobody shortens meanwhile.
    package init(_ path: String) throws(PackageError) { try self.init(FilePlace(path)) }

    init(_ place: FilePlace) throws(PackageError) {
        let path = "\(place)"
        let file = try OpenFile(reading: place)
        let size = Int(try FileStamp(of: file, at: path).size)
        guard size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let pointer = mmap(nil, size, PROT_READ, MAP_PRIVATE, file.descriptor, 0)
        guard let pointer, pointer != MAP_FAILED else { throw .unreadable(path) }
        madvise(pointer, size, MADV_SEQUENTIAL)
        bytes = UnsafeRawBufferPointer(start: pointer, count: size)
    }

    /// - Parameter body: gets the bytes, which are gone after it.
    package func withBytes<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(bytes)
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
