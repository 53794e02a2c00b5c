import CArchive
package import FleetBase

/// Reads a tar (plain, gzip or zstd) that a host sent, entry by entry.
package struct ArchiveReader: ~Copyable {
    private let archive: OpaquePointer

    /// Who made an archive decides how it may be packed: each form is code that a stranger's bytes would run through.
    package enum Sender: Sendable {
        /// A host: a tar as it is. A bomb can't expand where nothing is compressed.
        case host
        /// This fleet: zstd or gzip, or none.
        case fleet
        /// A person, with a file of this machine: compressed in any way.
        case person
    }

    /// - Parameter descriptor: a file or a pipe; the caller closes it, after the reader.
    package init(descriptor: Int32, from sender: Sender) throws(PackageError) {
        guard let archive = archive_read_new() else { preconditionFailure("out of memory") }
        self.archive = archive
        try PackageError.check(archive_read_support_format_tar(archive), of: archive)
        if sender == .fleet {
            try PackageError.check(archive_read_support_filter_gzip(archive), of: archive)
            try PackageError.check(archive_read_support_filter_zstd(archive), of: archive)
        }
        // A filter that needs a program of its own is a warning.
        if sender == .person { _ = archive_read_support_filter_all(archive) }
        try PackageError.check(archive_read_open_fd(archive, descriptor, 1 << 18), of: archive)
    }

    deinit { archive_read_free(archive) }

    /// Unpacks into `folder`, which is made when it is missing and should be fresh: nothing in it is ever replaced.
    ///
    /// Whatever an archive must not bring is left out and reported. An archive that ends too soon, or a disk that
    /// refuses to write, is an error.
    ///
    /// - Parameters:
    ///   - origin: where the files lay, so that absolute links among them are understood.
    ///   - only: the paths that are wanted, as the archive has them; reading ends with the last of them.
    package consuming func extract(
        into folder: String, limits: ExtractionLimits = ExtractionLimits(), origin: ArchiveOrigin? = nil,
        only: [RelativePath]? = nil
    ) throws(PackageError) -> Extraction {
        var extractor = Extractor(root: try RootFolder(folder), limits: limits, origin: origin)
        guard let only else {
            while let header = try nextHeader() {
                guard try extractor.place(header, from: self) else { return extractor.extraction() }
            }
            try checkEnd()
            return extractor.extraction()
        }
        var wanted = Set(only.map { Array($0.text.utf8) })
        while !wanted.isEmpty, let header = try nextHeader() {
            guard wanted.remove(header.path) != nil else { continue }
            guard try extractor.place(header, from: self) else { break }
        }
        return extractor.extraction()
    }

    /// Whether an entry has one of these names, at the top of the archive.
    consuming func holds(anyOf names: Set<String>) throws(PackageError) -> Bool {
        while let header = try nextHeader() {
            let name = header.path.dropFirst(header.path.starts(with: "./".utf8) ? 2 : 0)
            if names.contains(String(decoding: name, as: UTF8.self)) { return true }
        }
        return false
    }

    /// Reads to the end mark.
    ///
    /// - Parameter isRight: gets the path and the digest of each file; the first false ends the reading.
    consuming func allFiles(_ isRight: ([UInt8], Digest) -> Bool) throws(PackageError) -> Bool {
        while let header = try nextHeader() {
            guard header.kind == .file else { continue }
            let hash = SHA256Hash()
            try forEachChunk { hash.update($0) }
            guard isRight(header.path, hash.finish()) else { return false }
        }
        try checkEnd()
        return true
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
