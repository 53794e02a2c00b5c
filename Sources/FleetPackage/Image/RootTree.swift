import FleetBase
import Glibc

/// A folder that is the root of a file system: everything in it but devices and their like, which an engine makes.
///
/// Links may lead anywhere: they are followed in a container only.
struct RootTree {
    struct Entry {
        enum Kind {
            case folder
            case file(size: Int64)
            case link([UInt8])
        }

        let path: BytePath
        let mode: UInt32
        let kind: Kind
    }

    let folder: String
    /// Each after the folder in which it lies, the same order on every machine.
    let entries: [Entry]

    init(_ folder: String) throws(PackageError) {
        self.folder = folder
        var found: [Entry] = []
        var folders: [BytePath?] = [nil]
        while let parent = folders.popLast() {
            for (name, _) in try FolderListing.names(
                in: parent.map { FilePlace($0, in: folder) } ?? FilePlace(folder))
            {
                let path = parent?.appending(name) ?? name
                guard let entry = try Self.entry(path, in: folder) else { continue }
                if case .folder = entry.kind { folders.append(path) }
                found.append(entry)
            }
        }
        entries = found.sorted { $0.path < $1.path }
    }

    private static func entry(_ path: BytePath, in folder: String) throws(PackageError) -> Entry? {
        var status = stat()
        let whole = FilePlace(path, in: folder)
        guard whole.withPath({ lstat($0, &status) }) == 0 else { throw .unreadable("\(whole)") }
        let mode = status.st_mode & 0o7777
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return Entry(path: path, mode: mode, kind: .folder)
        case S_IFREG: return Entry(path: path, mode: mode, kind: .file(size: Int64(status.st_size)))
        case S_IFLNK: return Entry(path: path, mode: 0o777, kind: .link(try whole.linkTarget()))
        default: return nil
        }
    }

    /// The same for the same tree on any machine.
    func digest(using cache: inout DigestCache) throws(PackageError) -> Digest {
        var lines: [UInt8] = []
        for entry in entries {
            let content: [UInt8] =
                switch entry.kind {
                case .folder: Array("/".utf8)
                case .link(let target): "> ".utf8 + target
                case .file: Array(try cache.digest(of: FilePlace(entry.path, in: folder)).hex.utf8)
                }
            lines += entry.path.bytes + "\0\(entry.mode)\0".utf8 + content + "\n".utf8
        }
        return FileDigest.of(lines)
    }

    func write(to writer: borrowing ArchiveWriter) throws(PackageError) {
        for entry in entries {
            switch entry.kind {
            case .folder: try writer.add(folder: entry.path, mode: entry.mode)
            case .link(let target): try writer.add(link: entry.path, to: target)
            case .file(let size):
                try writer.begin(entry.path, mode: entry.mode, size: size)
                try writer.append(file: FilePlace(entry.path, in: folder), size: size, digest: nil)
                try writer.end()
            }
        }
    }
}
