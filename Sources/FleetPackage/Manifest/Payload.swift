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
        for file in files { entries.append(Manifest.Entry(path: file, content: try content(of: file, &cache))) }
        return try Manifest(name: name, declaredVersion: version, metadata: metadata, entries: entries)
    }

    private func content(
        of file: RelativePath, _ cache: inout DigestCache
    ) throws(PackageError) -> Manifest.Entry.Content {
        let path = "\(folder)/\(file)"
        let stamp = try FileStamp(of: path)
        switch stamp.kind {
        case .file:
            return .file(isExecutable: stamp.isExecutable, size: stamp.size, digest: try cache.digest(of: path))
        case .link:
            return .link(try target(of: file))
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
