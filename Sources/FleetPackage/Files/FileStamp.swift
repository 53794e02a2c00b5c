import Glibc

/// What the file system says of a file: while nothing here changes, its bytes have not changed either.
struct FileStamp: Hashable, Sendable {
    let kind: FolderListing.Kind
    let isExecutable: Bool
    let size: Int64
    let inode: UInt64
    /// Nanoseconds since 1970.
    let modified: Int64
    let changed: Int64

    init(of path: String) throws(PackageError) { try self.init(of: FilePlace(path)) }

    init(of place: FilePlace) throws(PackageError) {
        var status = stat()
        guard place.withPath({ lstat($0, &status) }) == 0 else { throw .unreadable("\(place)") }
        self.init(status)
    }

    init(of file: borrowing OpenFile, at path: String) throws(PackageError) {
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw .unreadable(path) }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        isExecutable = status.st_mode & S_IXUSR != 0
        size = Int64(status.st_size)
        inode = UInt64(status.st_ino)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
