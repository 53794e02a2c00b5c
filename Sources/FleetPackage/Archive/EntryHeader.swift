import CArchive
import Glibc

/// What an archive says of one entry, copied out of libarchive.
struct EntryHeader {
    enum Kind: Equatable {
        case file, folder, special
        case link([UInt8])
        case hardLink([UInt8])
    }

    /// Bytes of no known kind.
    let path: [UInt8]
    let kind: Kind
    let permissions: UInt32
    let size: Int64

    init(_ entry: OpaquePointer) {
        // Headers of the pax kind are UTF-8, which the C locale cannot hold; others are bytes of no known kind.
        path = Self.bytes(archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry))
        permissions = UInt32(archive_entry_perm(entry))
        size = archive_entry_size(entry)
        kind = Self.kind(of: entry)
    }

    private static func kind(of entry: OpaquePointer) -> Kind {
        if let target = archive_entry_hardlink(entry) ?? archive_entry_hardlink_utf8(entry) {
            return .hardLink(bytes(target))
        }
        switch archive_entry_filetype(entry) {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link(bytes(archive_entry_symlink(entry) ?? archive_entry_symlink_utf8(entry)))
        default: return .special
        }
    }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
        text.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
    }
}
