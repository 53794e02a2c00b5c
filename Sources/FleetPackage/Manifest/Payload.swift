package import FleetBase

/// A package as it lies in a folder, before its digests are known.
package struct Payload: Sendable {
    package let name: String
    package let version: String
    package let metadata: JSONValue
    /// An absolute path.
    package let folder: String
    package let files: [RelativePath]

    package init(name: String, version: String, metadata: JSONValue, folder: String, files: [RelativePath]) {
        self.name = name
        self.version = version
        self.metadata = metadata
        self.folder = folder
        self.files = files
    }

    /// Reads every file, or trusts the cache where nothing changed.
    package func manifest(using cache: inout DigestCache) throws(PackageError) -> Manifest {
        var entries: [Manifest.Entry] = []
        var stamps: [(place: FilePlace, stamp: FileStamp)] = []
        for file in files {
            let place = FilePlace("\(folder)/\(file)")
            stamps.append((place, try FileStamp(of: place)))
        }
        cache.refresh(stamps)
        for (file, stamp) in zip(files, stamps) { entries.append(try entry(for: file, stamp, &cache)) }
        return try Manifest(name: name, declaredVersion: version, metadata: metadata, entries: entries)
    }

    private func entry(
        for file: RelativePath, _ found: (place: FilePlace, stamp: FileStamp), _ cache: inout DigestCache
    ) throws(PackageError) -> Manifest.Entry {
        let (place, stamp) = found
        switch stamp.kind {
        case .file:
            let digest = try cache.digest(of: place, stamp: stamp)
            return Manifest.Entry(
                path: file, content: .file(isExecutable: stamp.isExecutable, size: stamp.size, digest: digest),
                chunks: stamp.size < Chunk.threshold ? [] : try cache.chunks(of: "\(folder)/\(file)", digest))
        case .link:
            return Manifest.Entry(path: file, content: .link(try target(of: file)))
        case .folder, .other:
            throw PackageError(.unsupportedFile, Message("\(file) is neither a file nor a link"))
        }
    }

    private func target(of link: RelativePath) throws(PackageError) -> LinkTarget {
        let bytes = try FilePlace("\(folder)/\(link)").linkTarget()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let shown = ShownBytes.text(of: bytes)
            throw PackageError(
                .unsupportedFile, Message("\(link) is a link to \(shown), a name that is not UTF-8"))
        }
        do {
            return try LinkTarget(text, of: link)
        } catch {
            throw PackageError(.unsupportedFile, error.message)
        }
    }
}
