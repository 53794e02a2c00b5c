package import FleetBase
import Glibc

/// What goes into an archive, in its order: known before a byte of it is read, so that an archive that was cut off can
/// be taken up where it broke.
package struct ArchiveContent: Sendable {
    /// Some bytes of an item.
    enum Piece: Sendable {
        case bytes([UInt8])
        /// A part of a file.
        case file(FilePlace, Range<Int64>)

        var count: Int64 {
            switch self {
            case .bytes(let bytes): Int64(bytes.count)
            case .file(_, let range): Int64(range.count)
            }
        }

        func dropFirst(_ count: Int64) -> Piece {
            switch self {
            case .bytes(let bytes): .bytes(Array(bytes.dropFirst(Int(count))))
            case .file(let file, let range): .file(file, range.lowerBound + count..<range.upperBound)
            }
        }
    }

    enum Source: Sendable {
        /// What the link says.
        case link([UInt8])
        case bytes([UInt8])
        /// A whole file; another digest than this one is an error.
        case file(FilePlace, Digest)
        /// One after the other.
        case pieces([Piece])
    }

    struct Item: Sendable {
        let path: BytePath
        var isExecutable = false
        let source: Source
        let size: Int64

        init(_ path: String, _ bytes: [UInt8]) {
            self.path = Self.path(path)
            source = .bytes(bytes)
            size = Int64(bytes.count)
        }

        init(_ path: String, _ pieces: [Piece]) {
            self.path = Self.path(path)
            source = .pieces(pieces)
            size = pieces.reduce(0) { $0 + $1.count }
        }

        init(_ path: String, source: Source, size: Int64) {
            (self.path, self.source, self.size) = (Self.path(path), source, size)
        }

        /// A file or a link of this machine as it is now.
        init(_ file: ArchivedFile) throws(PackageError) {
            let stamp = try FileStamp(of: file.place)
            path = file.path
            size = stamp.kind == .link ? 0 : stamp.size
            source =
                stamp.kind == .link
                ? .link(try file.place.linkTarget()) : .file(file.place, try FileDigest.of(file: file.place))
        }

        /// - Parameter text: a path that fleet itself has made up.
        private static func path(_ text: String) -> BytePath {
            guard let path = BytePath(text.utf8) else { preconditionFailure("\(text) is no path in an archive") }
            return path
        }

        /// - Parameter folder: where the payload lies.
        init(_ entry: Manifest.Entry, in folder: String) {
            path = BytePath(entry.path)
            switch entry.content {
            case .link(let target): (source, size) = (.link(Array(target.text.utf8)), 0)
            case .file(let isExecutable, let size, let digest):
                self.isExecutable = isExecutable
                (source, self.size) = (.file(FilePlace("\(folder)/\(entry.path)"), digest), size)
            }
        }
    }

    private(set) var items: [Item]

    init(_ items: [Item]) { self.items = items }

    /// Some texts and some files.
    ///
    /// - Parameters:
    ///   - texts: by their path in the archive; those that end in `.sh` are executable.
    ///   - files: files and links of this machine.
    package init(texts: [(path: String, text: String)], files: [ArchivedFile]) throws(PackageError) {
        items = texts.map { path, text in
            var item = Item(path, Array(text.utf8))
            item.isExecutable = path.hasSuffix(".sh")
            return item
        }
        for file in files { items.append(try Item(file)) }
    }

    /// The same with an empty file as its last one. tar takes an archive that was cut off between two files for a whole
    /// one, so a host that has no list of them looks for this file.
    package var withEnd: ArchiveContent { ArchiveContent(items + [Item(".fleet-end", [UInt8]())]) }

    /// The bytes of all items together.
    package var size: ByteCount { ByteCount(items.reduce(Int64(0)) { $0 + $1.size }) }

    // MARK: Writing

    /// Writes the archive under another name and moves it into place when it is whole.
    ///
    /// The same content gives the same bytes. Whole files are digested again on their way, so that one which changed
    /// since its digest was taken is an error and never an archive that lies.
    ///
    /// - Parameter compression: nil for none.
    package func write(to path: String, compression: PackageArchive.Compression?) throws(PackageError) {
        let target = try ReplacedFile(path)
        let writer = try ArchiveWriter(to: target.file, compression: compression)
        for item in items { try write(item, to: writer) }
        try writer.finish()
        try target.finish()
    }

    private func write(_ item: Item, to writer: borrowing ArchiveWriter) throws(PackageError) {
        if case .link(let target) = item.source { return try writer.add(link: item.path, to: target) }
        try writer.begin(item.path, isExecutable: item.isExecutable, size: item.size)
        switch item.source {
        case .link: break
        case .bytes(let bytes): try writer.append(bytes)
        case .file(let file, let digest): try writer.append(file: file, size: item.size, digest: digest)
        case .pieces(let pieces): try Self.copy(pieces, to: writer)
        }
        try writer.end()
    }

    /// Neighbours are often parts of one file, which is then opened once.
    private static func copy(_ pieces: [Piece], to writer: borrowing ArchiveWriter) throws(PackageError) {
        var rest = pieces[...]
        while let piece = rest.first {
            guard case .file(let path, _) = piece else {
                if case .bytes(let bytes) = piece { try writer.append(bytes) }
                rest = rest.dropFirst()
                continue
            }
            let file = try MappedFile(path)
            while case .file(path, let range) = rest.first {
                try file.withBytes { bytes throws(PackageError) in
                    guard range.upperBound <= bytes.count else { throw .changed("\(path)") }
                    let part = bytes[Int(range.lowerBound)..<Int(range.upperBound)]
                    try writer.append(UnsafeRawBufferPointer(rebasing: part))
                }
                rest = rest.dropFirst()
            }
        }
    }

    // MARK: Taking up again

    /// A tail begins at a multiple of this, for `dd seek=`.
    static let tailBlock: Int64 = 64 << 10
    /// Tails and the list of where they belong.
    static let tailFolder = ".fleet-tail"

    /// What is still missing where an archive was unpacked in part.
    ///
    /// The items that are missing, and before them the tails of those that are there in part, as `.fleet-tail/N`;
    /// `.fleet-tail/list` has a line `N<tab>BLOCKS<tab>MODE<tab>PATH` for each. What is there is not trusted: the host
    /// checks every file in the end, and what it checks with is always sent anew.
    ///
    /// - Parameter arrived: the sizes of the files that are there, by path.
    package func rest(after arrived: [BytePath: Int64]) -> ArchiveContent {
        // Whoever was cut off may not have got to the mode of the file that it wrote last.
        let last = items.lastIndex { arrived[$0.path] != nil }
        var (list, tails, missing): ([UInt8], [Item], [Item]) = ([], [], [])
        for (index, item) in items.enumerated() {
            guard let there = arrived[item.path], there <= item.size, item.canBeCut else {
                missing.append(item)
                continue
            }
            guard there < item.size || index == last else { continue }
            let blocks = min(there, item.size - 1) / Self.tailBlock
            guard blocks > 0 else {
                missing.append(item)
                continue
            }
            list += "\(tails.count)\t\(blocks)\t\(item.isExecutable ? 755 : 644)\t".utf8
            list += item.path.bytes + [UInt8(ascii: "\n")]
            tails.append(item.tail(from: blocks * Self.tailBlock, at: "\(Self.tailFolder)/\(tails.count)"))
        }
        return ArchiveContent([Item("\(Self.tailFolder)/list", list)] + tails + missing)
    }
}

extension ArchiveContent.Item {
    var canBeCut: Bool {
        if case .link = source { return false }
        // The host checks everything else by these.
        return !path.bytes.starts(with: ".fleet-".utf8)
            || path.bytes.reversed().starts(with: "/literals".utf8.reversed())
    }

    func tail(from offset: Int64, at path: String) -> ArchiveContent.Item {
        switch source {
        case .link: preconditionFailure("a link has no tail")
        case .bytes(let bytes): return ArchiveContent.Item(path, Array(bytes[Int(offset)...]))
        case .file(let file, _): return ArchiveContent.Item(path, [.file(file, offset..<size)])
        case .pieces(let pieces):
            var skipped = offset
            let rest = pieces.compactMap { piece -> ArchiveContent.Piece? in
                defer { skipped = max(0, skipped - piece.count) }
                return skipped < piece.count ? piece.dropFirst(skipped) : nil
            }
            return ArchiveContent.Item(path, rest)
        }
    }
}
