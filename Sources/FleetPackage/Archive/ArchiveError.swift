import CArchive
import FleetBase

extension PackageError {
    /// Takes libarchive's text at once, before another call replaces it.
    static func archive(_ archive: OpaquePointer) -> PackageError {
        let text = archive_error_string(archive).map { String(cString: $0) } ?? "error \(archive_errno(archive))"
        return PackageError(.badArchive, Message("archive: \(text)"))
    }

    /// Any answer of libarchive but OK: a warning means that what was asked for was done only in part.
    static func check(_ status: Int32, of archive: OpaquePointer) throws(PackageError) {
        guard status == ARCHIVE_OK else { throw .archive(archive) }
    }
}
