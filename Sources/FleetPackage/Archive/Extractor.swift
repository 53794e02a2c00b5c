import FleetBase
import Glibc

/// Places entries below a folder, or notes why not.
struct Extractor: ~Copyable {
    private let root: RootFolder
    private let limits: ExtractionLimits
    private var seen = 0
    private var written: Int64 = 0
    private var files: [RelativePath: Extraction.File] = [:]
    private var links: [Manifest.Entry] = []
    private var refused: [RefusedEntry] = []

    init(root: consuming RootFolder, limits: ExtractionLimits) {
        self.root = root
        self.limits = limits
    }

    /// - Returns: whether to go on with the next entry.
    mutating func place(
        _ header: EntryHeader, from reader: borrowing ArchiveReader
    ) throws(PackageError) -> Bool {
        seen += 1
        guard seen <= limits.entries else {
            refuse(header, because: .tooMany)
            return false
        }
        if let reason = try refusal(of: header, from: reader) { refuse(header, because: reason) }
        return true
    }

    /// Paths of an archive can be a megabyte long; the report keeps their beginning.
    private mutating func refuse(_ header: EntryHeader, because reason: RefusedEntry.Reason) {
        refused.append(RefusedEntry(path: String(place(of: header.path).prefix(limits.pathLength)), reason: reason))
    }

    func extraction() -> Extraction {
        Extraction(
            files: files.values.sorted { $0.path < $1.path }, links: links.sorted { $0.path < $1.path },
            refused: refused)
    }

    /// Places the entry, or says why it must not be.
    private mutating func refusal(
        of header: EntryHeader, from reader: borrowing ArchiveReader
    ) throws(PackageError) -> RefusedEntry.Reason? {
        let text = place(of: header.path)
        // The folder itself, which `tar -c .` puts first.
        if text.isEmpty, header.kind == .folder { return nil }
        guard header.isText, let path = try? RelativePath(text) else { return .unsafePath }
        guard limits.allow(path) else { return .pathTooLong }
        switch header.kind {
        case .folder: return try root.makeFolder(path) ? nil : .occupied
        case .file: return try placeFile(path, header, from: reader)
        case .link(let target): return try placeLink(path, to: target)
        case .hardLink(let target): return try placeHardLink(path, to: place(of: target))
        case .special: return .specialFile
        }
    }

    private mutating func placeFile(
        _ path: RelativePath, _ header: EntryHeader, from reader: borrowing ArchiveReader
    ) throws(PackageError) -> RefusedEntry.Reason? {
        guard header.size <= limits.totalSize.bytes - written else { return .tooLarge }
        // Without set-user-ID and its like; the owner must be able to read and remove what came.
        let mode = header.permissions & 0o777 | 0o600
        guard let descriptor = try root.makeFile(path, mode: mode) else { return .occupied }
        let file = OpenFile(owning: descriptor)
        let hash = SHA256Hash()
        var size: Int64 = 0
        try reader.forEachChunk { chunk throws(PackageError) in
            size += Int64(chunk.count)
            // The map of a sparse file can name places past its end.
            guard size <= header.size else {
                throw PackageError(.badArchive, Message("archive: \(path) is longer than it says"))
            }
            hash.update(chunk)
            try file.write(chunk, to: path.text)
        }
        written += size
        files[path] = Extraction.File(path: path, size: size, digest: hash.finish())
        return nil
    }

    private mutating func placeLink(
        _ path: RelativePath, to text: String
    ) throws(PackageError) -> RefusedEntry.Reason? {
        guard let target = try? LinkTarget(text, of: path) else { return .unsafeLink }
        guard try root.makeLink(path, to: target) else { return .occupied }
        links.append(Manifest.Entry(path: path, content: .link(target)))
        return nil
    }

    /// A hard link is taken only to a file of this very extraction.
    private mutating func placeHardLink(
        _ path: RelativePath, to text: String
    ) throws(PackageError) -> RefusedEntry.Reason? {
        guard let target = try? RelativePath(text), let file = files[target] else { return .unsafeLink }
        guard try root.makeHardLink(path, to: target) else { return .occupied }
        files[path] = Extraction.File(path: path, size: file.size, digest: file.digest)
        return nil
    }

    private func place(of path: String) -> String {
        let text = Self.withoutDots(path)
        guard let folder = limits.dissolvedFolder else { return text }
        if text == folder { return "" }
        return text.hasPrefix(folder + "/") ? String(text.dropFirst(folder.count + 1)) : text
    }

    /// `./a/b/` as `a/b`, the way `tar -c .` writes it.
    private static func withoutDots(_ path: String) -> String {
        var rest = Substring(path)
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        if rest == "." { return "" }
        return String(rest.hasSuffix("/") ? rest.dropLast() : rest)
    }
}
