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
            case link(String)
        }

        let path: String
        let mode: UInt32
        let kind: Kind
    }

    let folder: String
    /// Each after the folder in which it lies, the same order on every machine.
    let entries: [Entry]

    init(_ folder: String) throws(PackageError) {
        self.folder = folder
        var found: [Entry] = []
        var folders = [""]
        while let prefix = folders.popLast() {
            for (name, _) in try FolderListing.names(in: folder + "/" + prefix) {
                let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
                guard let entry = try Self.entry(path, in: folder) else { continue }
                if case .folder = entry.kind { folders.append(path) }
                found.append(entry)
            }
        }
        entries = found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func entry(_ path: String, in folder: String) throws(PackageError) -> Entry? {
        var status = stat()
        let whole = "\(folder)/\(path)"
        guard lstat(whole, &status) == 0 else { throw .unreadable(whole) }
        let mode = status.st_mode & 0o7777
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return Entry(path: path, mode: mode, kind: .folder)
        case S_IFREG: return Entry(path: path, mode: mode, kind: .file(size: Int64(status.st_size)))
        case S_IFLNK: return Entry(path: path, mode: 0o777, kind: .link(try target(of: whole)))
        default: return nil
        }
    }

    private static func target(of link: String) throws(PackageError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            readlink(link, bytes.assumingMemoryBound(to: CChar.self).baseAddress!, bytes.count)
        }
        guard count >= 0 else { throw .unreadable(link) }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// The same for the same tree on any machine.
    func digest(using cache: inout DigestCache) throws(PackageError) -> Digest {
        var text = ""
        for entry in entries {
            let content =
                switch entry.kind {
                case .folder: "/"
                case .link(let target): "> \(target)"
                case .file: try cache.digest(of: "\(folder)/\(entry.path)").hex
                }
            text += "\(entry.path)\0\(entry.mode)\0\(content)\n"
        }
        return FileDigest.of(Array(text.utf8))
    }

    func write(to writer: borrowing ArchiveWriter) throws(PackageError) {
        for entry in entries {
            switch entry.kind {
            case .folder: try writer.add(folder: entry.path, mode: entry.mode)
            case .link(let target): try writer.add(link: entry.path, to: target)
            case .file(let size):
                try writer.begin(entry.path, mode: entry.mode, size: size)
                try writer.append(file: "\(folder)/\(entry.path)", size: size, digest: nil)
                try writer.end()
            }
        }
    }
}
