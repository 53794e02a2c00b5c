import CArchive
import FleetBase

/// Reads a tar (plain, gzip or zstd) that a host sent, entry by entry.
package struct ArchiveReader: ~Copyable {
    private let archive: OpaquePointer

    /// - Parameters:
    ///   - descriptor: a file or a pipe; the caller closes it, after the reader.
    ///   - isOwn: of this machine, and so compressed in any way.
    package init(descriptor: Int32, isOwn: Bool = false) throws(PackageError) {
        guard let archive = archive_read_new() else { preconditionFailure("out of memory") }
        self.archive = archive
        try PackageError.check(archive_read_support_format_tar(archive), of: archive)
        try PackageError.check(archive_read_support_filter_gzip(archive), of: archive)
        try PackageError.check(archive_read_support_filter_zstd(archive), of: archive)
        // A filter that needs a program of its own is a warning.
        if isOwn { _ = archive_read_support_filter_all(archive) }
        try PackageError.check(archive_read_open_fd(archive, descriptor, 1 << 18), of: archive)
    }

    deinit { archive_read_free(archive) }

    /// Unpacks into `folder`, which is made when it is missing and should be fresh: nothing in it is ever replaced.
    ///
    /// Whatever an archive must not bring is left out and reported. An archive that ends too soon, or a disk that
    /// refuses to write, is an error.
    ///
    /// - Parameter only: the paths that are wanted, as the archive has them; reading ends with the last of them.
    package consuming func extract(
        into folder: String, limits: ExtractionLimits = ExtractionLimits(), only: Set<String>? = nil
    ) throws(PackageError) -> Extraction {
        var extractor = Extractor(root: try RootFolder(folder), limits: limits)
        guard var wanted = only else {
            while let header = try nextHeader() {
                guard try extractor.place(header, from: self) else { return extractor.extraction() }
            }
            try checkEnd()
            return extractor.extraction()
        }
        while !wanted.isEmpty, let header = try nextHeader() {
            guard wanted.remove(header.path) != nil else { continue }
            guard try extractor.place(header, from: self) else { break }
        }
        return extractor.extraction()
    }

    /// Whether an entry has one of these names, at the top of the archive.
    consuming func holds(anyOf names: Set<String>) throws(PackageError) -> Bool {
        while let header = try nextHeader() {
            let name = header.path.hasPrefix("./") ? String(header.path.dropFirst(2)) : header.path
            if names.contains(name) { return true }
        }
        return false
    }

    /// Hands the bytes of the current entry to `body`; holes come as zeros.
    func forEachChunk(_ body: (UnsafeRawBufferPointer) throws(PackageError) -> Void) throws(PackageError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
            if count == ARCHIVE_RETRY { continue }
            guard count >= 0 else { throw .archive(archive) }
            guard count > 0 else { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private func nextHeader() throws(PackageError) -> EntryHeader? {
        var entry: OpaquePointer?
        while true {
            switch archive_read_next_header(archive, &entry) {
            case ARCHIVE_EOF: return nil
            case ARCHIVE_RETRY: continue
            // A warning is about names in another character set or attributes nobody here asks for.
            case ARCHIVE_OK, ARCHIVE_WARN: return entry.map(EntryHeader.init)
            default: throw .archive(archive)
            }
        }
    }

    /// libarchive takes an end between two entries for the end of the archive; a whole tar has zero blocks there.
    private func checkEnd() throws(PackageError) {
        guard archive_filter_bytes(archive, 0) > archive_read_header_position(archive) else {
            throw PackageError(.badArchive, Message("archive: it ends before its end mark"))
        }
    }
}
