import CArchive
import FleetBase

/// The bytes of a file as they are before any compression.
struct RawReader: ~Copyable {
    private let archive: OpaquePointer
    private let path: String

    init(_ path: String) throws(PackageError) {
        guard let archive = archive_read_new() else { preconditionFailure("out of memory") }
        (self.archive, self.path) = (archive, path)
        try PackageError.check(archive_read_support_format_raw(archive), of: archive)
        // A filter that needs a program of its own is a warning.
        _ = archive_read_support_filter_all(archive)
        try PackageError.check(archive_read_open_filename(archive, path, 1 << 18), of: archive)
        var entry: OpaquePointer?
        try PackageError.check(archive_read_next_header(archive, &entry), of: archive)
    }

    deinit { archive_read_free(archive) }

    /// How the file is compressed; nil for a way that no engine reads.
    var coding: ImageLayer.Coding? {
        switch archive_filter_code(archive, 0) {
        case ARCHIVE_FILTER_NONE: .plain
        case ARCHIVE_FILTER_GZIP: .gzip
        default: nil
        }
    }

    func forEachChunk(_ body: (UnsafeRawBufferPointer) throws(PackageError) -> Void) throws(PackageError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
            guard count >= 0 else { throw .archive(archive) }
            guard count > 0 else { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
