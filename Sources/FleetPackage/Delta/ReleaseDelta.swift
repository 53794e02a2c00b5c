package import FleetBase

/// What a host that has one release needs to make another one of the same package.
package struct ReleaseDelta: Sendable {
    /// A file that the host makes from one that it has.
    struct Rebuilt: Sendable {
        /// Where the new bytes are, for the literals.
        enum Source: Sendable {
            case file(String)
            case bytes([UInt8])
        }

        let path: String
        let oldPath: String
        let isExecutable: Bool
        let digest: Digest
        let bytes: Source
        let delta: FileDelta
    }

    /// The files of the old release, when the master has them too.
    package struct OldFiles: Sendable {
        let folder: String
        package init(folder: String) { self.folder = folder }
    }

    /// The manifest and its like, where the host has to get them whole.
    let control: [ArchiveContent.Item]
    /// Where the payload of the new release lies.
    let folder: String
    /// Files and links that are sent as they are.
    let whole: [Manifest.Entry]
    let rebuilt: [Rebuilt]
    /// Paths of the old release that the new one does not have, or has otherwise.
    let gone: [RelativePath]
    /// Folders in which then nothing is left, the deepest first.
    let emptied: [RelativePath]

    /// A delta that saves less than this of a file is not worth the host's work.
    private static let worthwhile = 0.8

    /// The pairs of large files of which a delta may be made.
    package static func pairs(from old: Manifest, to new: Manifest) -> [RelativePath] {
        let old = Dictionary(old.entries.map { ($0.path, $0) }) { first, _ in first }
        return new.entries.compactMap { entry in
            guard let before = old[entry.path], before.content != entry.content, !before.chunks.isEmpty,
                !entry.chunks.isEmpty
            else { return nil }
            return entry.path
        }
    }

    /// - Parameters:
    ///   - folder: where the payload of the new release lies.
    ///   - oldFiles: where the old files of ``pairs(from:to:)`` lie; without them whole chunks are compared.
    /// - Returns: nil when one release has a folder where the other has a file: such a release is sent whole.
    package init?(
        from old: Manifest, to new: Manifest, signature: ManifestSignature? = nil, in folder: String,
        oldFiles: OldFiles?
    ) throws(PackageError) {
        guard !Self.folders(of: old).contains(where: Set(new.entries.map(\.path)).contains),
            !Self.folders(of: new).contains(where: Set(old.entries.map(\.path)).contains)
        else { return nil }
        self.folder = folder
        // A host's manifest may name a path in two spellings that are one to a String.
        let before = Dictionary(old.entries.map { ($0.path, $0) }) { first, _ in first }
        let moved = Dictionary(old.entries.compactMap { $0.movable }) { first, _ in first }
        var (whole, rebuilt, kept): ([Manifest.Entry], [Rebuilt], Set<RelativePath>) = ([], [], [])
        for entry in new.entries {
            let previous = before[entry.path]
            if previous?.content == entry.content {
                kept.insert(entry.path)
            } else if let key = entry.movable?.0, let source = moved[key] {
                let size = Int(key.size)
                rebuilt.append(Rebuilt(entry, from: source, in: folder, FileDelta(copying: size)))
            } else if let previous, let delta = try Self.delta(previous, entry, folder, oldFiles) {
                rebuilt.append(Rebuilt(entry, from: entry.path, in: folder, delta))
            } else {
                whole.append(entry)
            }
        }
        self.whole = whole
        let files = zip(old.items, new.items).map { Rebuilt(control: $1, from: $0) }
        self.rebuilt = files.compactMap(\.self) + rebuilt
        control = zip(new.items, files).filter { $1 == nil }.map(\.0) + (signature.map { [$0.item] } ?? [])
        gone = old.entries.map(\.path).filter { !kept.contains($0) }
        emptied = Self.folders(of: old).subtracting(Self.folders(of: new)).sorted {
            $0.text.utf8.count > $1.text.utf8.count
        }
    }

    private static func folders(of manifest: Manifest) -> Set<RelativePath> {
        var folders: Set<RelativePath> = []
        for entry in manifest.entries {
            var path = entry.path
            while let folder = path.parent {
                path = folder
                guard folders.insert(folder).inserted else { break }
            }
        }
        return folders
    }

    private static func delta(
        _ old: Manifest.Entry, _ new: Manifest.Entry, _ folder: String, _ oldFiles: OldFiles?
    ) throws(PackageError) -> FileDelta? {
        guard !old.chunks.isEmpty, !new.chunks.isEmpty, case .file(_, let size, _) = new.content else { return nil }
        let delta: FileDelta
        if let oldFiles {
            let oldFile = try MappedFile("\(oldFiles.folder)/\(old.path)")
            let newFile = try MappedFile("\(folder)/\(new.path)")
            delta = oldFile.withBytes { oldBytes in
                newFile.withBytes { FileDelta(from: oldBytes, old.chunks, to: $0, new.chunks) }
            }
        } else {
            delta = FileDelta(from: old.chunks, to: new.chunks)
        }
        return Double(delta.literalSize) < Double(size) * worthwhile ? delta : nil
    }
}

extension Manifest.Entry {
    struct MoveKey: Hashable {
        let digest: Digest
        let size: Int64
    }

    /// Files from this size on are copied on the host when they have moved; smaller ones are sent again.
    private static let smallestMove: Int64 = 16 << 10

    fileprivate var movable: (MoveKey, RelativePath)? {
        guard case .file(_, let size, let digest) = content, size >= Self.smallestMove else { return nil }
        return (MoveKey(digest: digest, size: size), path)
    }
}

// MARK: On its way

extension ReleaseDelta {
    /// The folder of the control files, which the host removes when it has followed them.
    static let controlFolder = ".fleet-delta"

    /// What is sent: the control files, the literals, the manifest and its sums, and the files that go whole.
    ///
    /// - `plan`: for each file to rebuild a line `file MODE DIGEST SOURCE PATH`, then its steps `c OFFSET LENGTH`, from
    ///   the source in the old release, and `l LENGTH`, the next bytes of `literals`; all separated by tabs.
    /// - `gone`: paths with `./` in front, each ended by a zero byte.
    /// - `emptied`: folders, likewise.
    /// - `sums`: the digests of the files that are sent whole, as `sha256sum -c` reads them.
    package var content: ArchiveContent {
        typealias Item = ArchiveContent.Item
        let control = { (name: String, text: String) in Item("\(Self.controlFolder)/\(name)", Array(text.utf8)) }
        let controlItems = [
            control("plan", plan), control("gone", gone.map { "./\($0)\0" }.joined()),
            control("emptied", emptied.map { "./\($0)\0" }.joined()), control("sums", Manifest.sums(of: whole)),
            Item("\(Self.controlFolder)/literals", literals),
        ]
        return ArchiveContent(controlItems + self.control + whole.map { Item($0, in: folder) })
    }

    private var plan: String {
        rebuilt.map { file in
            let head = "file\t\(file.isExecutable ? 755 : 644)\t\(file.digest)\t\(file.oldPath)\t\(file.path)\n"
            return head
                + file.delta.steps.map { step in
                    switch step {
                    case .copy(let range): "c\t\(range.lowerBound)\t\(range.count)\n"
                    case .literal(let range): "l\t\(range.count)\n"
                    }
                }.joined()
        }.joined()
    }

    private var literals: [ArchiveContent.Piece] {
        rebuilt.flatMap { file in
            file.delta.steps.compactMap { step -> ArchiveContent.Piece? in
                guard case .literal(let range) = step else { return nil }
                switch file.bytes {
                case .file(let path): return .file(FilePlace(path), Int64(range.lowerBound)..<Int64(range.upperBound))
                case .bytes(let bytes): return .bytes(Array(bytes[range]))
                }
            }
        }
    }

    /// How many files the host rebuilds.
    package var rebuiltCount: Int { rebuilt.count }
}

extension ReleaseDelta.Rebuilt {
    init(_ entry: Manifest.Entry, from source: RelativePath, in folder: String, _ delta: FileDelta) {
        guard case .file(let isExecutable, _, let digest) = entry.content else {
            preconditionFailure("only files are rebuilt")
        }
        self.init(
            path: entry.path.text, oldPath: source.text, isExecutable: isExecutable, digest: digest,
            bytes: .file("\(folder)/\(entry.path)"), delta: delta)
    }

    /// The manifests of two releases have most of their lines in common.
    ///
    /// - Returns: nil for one so small that it goes whole.
    init?(control new: ArchiveContent.Item, from old: ArchiveContent.Item) {
        guard case .bytes(let before) = old.source, case .bytes(let after) = new.source, after.count > 4096 else {
            return nil
        }
        let delta = before.withUnsafeBytes { before in
            after.withUnsafeBytes { FileDelta(from: before, Chunk.chunks(of: before), to: $0, Chunk.chunks(of: $0)) }
        }
        self.init(
            path: "\(new.path)", oldPath: "\(old.path)", isExecutable: false, digest: FileDigest.of(after),
            bytes: .bytes(after),
            delta: delta)
    }
}
