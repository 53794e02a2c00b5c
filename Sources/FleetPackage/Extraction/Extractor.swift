import FleetBase
import Glibc

/// Places entries below a folder, or notes why not.
struct Extractor: ~Copyable {
    private var root: RootFolder
    private let limits: ExtractionLimits
    private let origin: ArchiveOrigin?
    private let deadline: Deadline
    private var seen = 0
    private var written: Int64 = 0
    private var files = FileList()
    private var links: [Extraction.Link] = []
    private var refused: [RefusedEntry] = []
    private var refusedCount = 0
    /// The files by the hash of their paths, from the first hard link on.
    private var index: [Int: Int]?

    init(root: consuming RootFolder, limits: ExtractionLimits, origin: ArchiveOrigin?) {
        self.root = root
        self.limits = limits
        self.origin = origin
        deadline = .after(limits.time)
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
        try checkTime()
        if let reason = try refusal(of: header, from: reader) { refuse(header, because: reason) }
        return true
    }

    private func checkTime() throws(PackageError) {
        guard deadline.hasPassed else { return }
        let seconds = Int(limits.time.seconds)
        throw PackageError(.badArchive, Message("archive: it was not unpacked after \(seconds) s"))
    }

    /// Paths of an archive can be a megabyte long, and many; the report keeps the beginnings of the first ones.
    private mutating func refuse(_ header: EntryHeader, because reason: RefusedEntry.Reason) {
        refusedCount += 1
        guard refused.count < limits.refusals else { return }
        let shown = ShownBytes.text(of: place(of: header.path).prefix(limits.pathLength))
        refused.append(RefusedEntry(path: shown, reason: reason))
    }

    consuming func extraction() -> Extraction {
        Extraction(
            files: files, links: links.sorted { $0.path < $1.path }, refused: refused, refusedCount: refusedCount)
    }

    /// Places the entry, or says why it must not be.
    private mutating func refusal(
        of header: EntryHeader, from reader: borrowing ArchiveReader
    ) throws(PackageError) -> RefusedEntry.Reason? {
        let name = place(of: header.path)
        // The folder itself, which `tar -c .` puts first.
        if name.isEmpty, header.kind == .folder, !header.path.isEmpty { return nil }
        guard let path = BytePath(name) else { return .unsafePath }
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
        _ path: BytePath, _ header: EntryHeader, from reader: borrowing ArchiveReader
    ) throws(PackageError) -> RefusedEntry.Reason? {
        guard header.size >= 0, header.size <= limits.totalSize.bytes - written else { return .tooLarge }
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
            try checkTime()
            hash.update(chunk)
            try file.write(chunk, to: "\(path)")
        }
        written += size
        add(path, size: size, FileList.Sum(hash.finish()))
        return nil
    }

    private mutating func add(_ path: BytePath, size: Int64, _ sum: FileList.Sum) {
        index?[path.hashValue] = files.count
        files.append(path, size: size, sum)
    }

    private mutating func placeLink(
        _ path: BytePath, to given: [UInt8]
    ) throws(PackageError) -> RefusedEntry.Reason? {
        guard let link = InnerLink(given, of: path, origin: origin) else { return .unsafeLink }
        guard try root.makeLink(path, to: link.target) else { return .occupied }
        links.append(Extraction.Link(path: path, target: link.target))
        return nil
    }

    /// A hard link is taken only to a file of this very extraction.
    private mutating func placeHardLink(
        _ path: BytePath, to name: ArraySlice<UInt8>
    ) throws(PackageError) -> RefusedEntry.Reason? {
        guard let target = BytePath(name), let file = position(of: target) else { return .unsafeLink }
        guard try root.makeHardLink(path, to: target) else { return .occupied }
        add(path, size: files.size(at: file), files.sum(at: file))
        return nil
    }

    private mutating func position(of path: BytePath) -> Int? {
        if index == nil {
            let hashes = files.indices.map { ((BytePath(files.path(at: $0))?.hashValue ?? 0), $0) }
            index = Dictionary(hashes) { first, _ in first }
        }
        guard let position = index?[path.hashValue], files.path(at: position) == path.bytes[...] else { return nil }
        return position
    }

    private func place(of path: [UInt8]) -> ArraySlice<UInt8> {
        let name = Self.withoutDots(path)
        guard let folder = limits.dissolvedFolder?.utf8, name.starts(with: folder) else { return name }
        let rest = name.dropFirst(folder.count)
        return rest.isEmpty || rest.first == UInt8(ascii: "/") ? rest.dropFirst() : name
    }

    /// `./a/b/` as `a/b`, the way `tar -c .` writes it.
    private static func withoutDots(_ path: [UInt8]) -> ArraySlice<UInt8> {
        var rest = path[...]
        while rest.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
        if rest.elementsEqual(".".utf8) { return [] }
        return rest.last == UInt8(ascii: "/") ? rest.dropLast() : rest
    }
}
