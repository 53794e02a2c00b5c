import CArchive
import FleetBase
import Glibc

/// A reproducible tar: no owner, no time, entries as they come.
///
/// GNU's tar format, because busybox reads its long names and not those of pax, and libarchive writes names in it as
/// the bytes they are, whatever the locale.
struct ArchiveWriter: ~Copyable {
    private let archive: OpaquePointer

    /// - Parameters:
    ///   - file: stays open as long as the writer is used.
    ///   - compression: nil for none.
    init(to file: borrowing OpenFile, compression: PackageArchive.Compression?) throws(PackageError) {
        guard let archive = archive_write_new() else { preconditionFailure("out of memory") }
        self.archive = archive
        try PackageError.check(archive_write_set_format_gnutar(archive), of: archive)
        if let compression { try Self.compress(archive, by: compression) }
        // No padding after the compressed stream, and large writes.
        try PackageError.check(archive_write_set_bytes_in_last_block(archive, 1), of: archive)
        try PackageError.check(archive_write_set_bytes_per_block(archive, 1 << 18), of: archive)
        try PackageError.check(archive_write_open_fd(archive, file.descriptor), of: archive)
    }

    deinit {
        // Freeing a healthy archive writes what it still holds, perhaps to a descriptor that is closed by now.
        archive_write_fail(archive)
        archive_write_free(archive)
    }

    func add(link path: BytePath, to target: [UInt8]) throws(PackageError) {
        let entry = ArchiveEntry(path, kind: .link, mode: 0o777)
        entry.setTarget(target)
        try PackageError.check(archive_write_header(archive, entry.pointer), of: archive)
    }

    func add(folder path: BytePath, mode: UInt32) throws(PackageError) {
        let entry = ArchiveEntry(path, kind: .folder, mode: mode)
        try PackageError.check(archive_write_header(archive, entry.pointer), of: archive)
    }

    /// Starts a file whose bytes follow by ``append(_:)``.
    func begin(_ path: BytePath, isExecutable: Bool, size: Int64) throws(PackageError) {
        try begin(path, mode: isExecutable ? 0o755 : 0o644, size: size)
    }

    func begin(_ path: BytePath, mode: UInt32, size: Int64) throws(PackageError) {
        let entry = ArchiveEntry(path, kind: .file, mode: mode)
        entry.setSize(size)
        try PackageError.check(archive_write_header(archive, entry.pointer), of: archive)
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(PackageError) {
        // More than the header announced is cut off in silence; the caller compares sizes.
        guard archive_write_data(archive, bytes.baseAddress, bytes.count) >= 0 else { throw .archive(archive) }
    }

    func append(_ bytes: [UInt8]) throws(PackageError) {
        let count = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw .archive(archive) }
    }

    /// - Parameter digest: what the file's must be; nil for any.
    func append(file place: FilePlace, size: Int64, digest: Digest?) throws(PackageError) {
        let path = "\(place)"
        let hash = SHA256Hash()
        let file = try OpenFile(reading: place)
        var rest = size
        // A file that grows for ever must not hold the writer for ever.
        try file.forEachChunk(of: path, size: size) { chunk throws(PackageError) in
            rest -= Int64(chunk.count)
            guard rest >= 0 else { throw .changed(path) }
            hash.update(chunk)
            try append(chunk)
        }
        let found = hash.finish()
        guard rest == 0, digest == nil || found == digest else { throw .changed(path) }
    }

    /// How many bytes the tar has so far, before they are compressed.
    var position: Int64 { archive_filter_bytes(archive, 0) }

    func end() throws(PackageError) {
        try PackageError.check(archive_write_finish_entry(archive), of: archive)
    }

    consuming func finish() throws(PackageError) {
        try PackageError.check(archive_write_close(archive), of: archive)
    }

    private static func compress(
        _ archive: OpaquePointer, by compression: PackageArchive.Compression
    ) throws(PackageError) {
        switch compression {
        case .zstd:
            // With threads zstd cuts its input otherwise than without, but in the same places whatever their number; so
            // every machine has to use them.
            try PackageError.check(archive_write_add_filter_zstd(archive), of: archive)
            try PackageError.check(
                archive_write_set_filter_option(archive, "zstd", "compression-level", "3"), of: archive)
            try PackageError.check(archive_write_set_filter_option(archive, "zstd", "threads", "2"), of: archive)
        case .gzip:
            try PackageError.check(archive_write_add_filter_gzip(archive), of: archive)
            try PackageError.check(
                archive_write_set_filter_option(archive, "gzip", "compression-level", "6"), of: archive)
            try PackageError.check(archive_write_set_filter_option(archive, "gzip", "timestamp", nil), of: archive)
        }
    }
}

/// The header of one entry to write.
private struct ArchiveEntry: ~Copyable {
    enum Kind {
        case file, link, folder

        var type: mode_t {
            switch self {
            case .file: S_IFREG
            case .link: S_IFLNK
            case .folder: S_IFDIR
            }
        }
    }

    let pointer: OpaquePointer

    init(_ path: BytePath, kind: Kind, mode: UInt32) {
        guard let pointer = archive_entry_new() else { preconditionFailure("out of memory") }
        self.pointer = pointer
        // A folder's name ends in a slash.
        let ending: [UInt8] = if case .folder = kind { [UInt8(ascii: "/"), 0] } else { [0] }
        Self.withPath(path.bytes + ending) { archive_entry_set_pathname(pointer, $0) }
        archive_entry_set_filetype(pointer, kind.type)
        archive_entry_set_perm(pointer, mode)
        archive_entry_set_mtime(pointer, 0, 0)
        archive_entry_set_size(pointer, 0)
    }

    deinit { archive_entry_free(pointer) }

    func setTarget(_ target: [UInt8]) { Self.withPath(target + [0]) { archive_entry_set_symlink(pointer, $0) } }

    private static func withPath(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Void) {
        bytes.withUnsafeBytes { body($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
    }

    func setSize(_ size: Int64) { archive_entry_set_size(pointer, size) }
}
