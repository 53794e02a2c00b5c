package import FleetBase
import Glibc

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
        var stamps: [(path: String, stamp: FileStamp)] = []
        for file in files { stamps.append(("\(folder)/\(file)", try FileStamp(of: "\(folder)/\(file)"))) }
        cache.refresh(stamps)
        for (file, stamp) in zip(files, stamps) { entries.append(try entry(for: file, stamp, &cache)) }
        return try Manifest(name: name, declaredVersion: version, metadata: metadata, entries: entries)
    }

    private func entry(
        for file: RelativePath, _ found: (path: String, stamp: FileStamp), _ cache: inout DigestCache
    ) throws(PackageError) -> Manifest.Entry {
        let (path, stamp) = found
        switch stamp.kind {
        case .file:
            let digest = try cache.digest(of: path, stamp: stamp)
            return Manifest.Entry(
                path: file, content: .file(isExecutable: stamp.isExecutable, size: stamp.size, digest: digest),
                chunks: stamp.size < Chunk.threshold ? [] : try cache.chunks(of: path, digest))
        case .link:
            return Manifest.Entry(path: file, content: .link(try target(of: file)))
        case .folder, .other:
            throw PackageError(.unsupportedFile, Message("\(file) is neither a file nor a link"))
        }
    }

    private func target(of link: RelativePath) throws(PackageError) -> LinkTarget {
        let path = "\(folder)/\(link)"
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            readlink(path, bytes.assumingMemoryBound(to: CChar.self).baseAddress!, bytes.count)
        }
        guard count >= 0 else { throw .unreadable(path) }
        do {
            return try LinkTarget(String(decoding: buffer[..<count], as: UTF8.self), of: link)
        } catch {
            throw PackageError(.unsupportedFile, error.message)
        }
    }
}
