package import FleetBase
import Glibc

/// A folder or a file that an image can stand on.
package enum ImageSource: Sendable, Hashable {
    case rootFolder(String)
    case layoutFolder(String)
    /// A tar of any kind: only its content tells which.
    case tar(String)

    package init(_ path: String) throws(PackageError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            self = .tar(path)
            return
        }
        let isLayout = access(path + "/oci-layout", F_OK) == 0 && access(path + "/index.json", F_OK) == 0
        self = isLayout ? .layoutFolder(path) : .rootFolder(path)
    }

    /// What tells whether it has changed.
    package func digest(using cache: inout DigestCache) throws(PackageError) -> Digest {
        switch self {
        case .tar(let path): try cache.digest(of: path)
        case .rootFolder(let path), .layoutFolder(let path): try RootTree(path).digest(using: &cache)
        }
    }

    /// Reads it and keeps its layers.
    ///
    /// - Parameters:
    ///   - scratch: a folder that is not there, for what an archive holds; the caller removes it.
    ///   - architecture: as uname(1) says it; which image of several is taken.
    package func base(
        in store: LayerStore, scratch: String, architecture: String
    ) throws(PackageError) -> ImageBase {
        switch self {
        case .rootFolder(let path):
            let tree = try RootTree(path)
            return ImageBase(
                layers: [try store.add { writer throws(PackageError) in try tree.write(to: writer) }],
                configuration: .object([:]))
        case .layoutFolder(let path):
            return try ImageFolder(path, architecture: architecture).base(in: store)
        case .tar(let path):
            let names: Set = ["manifest.json", "index.json"]
            guard try Self.open(path, { reader throws(PackageError) in try reader.holds(anyOf: names) }) else {
                return ImageBase(layers: [try store.add(copyOf: path)], configuration: .object([:]))
            }
            _ = try Self.open(path) { reader throws(PackageError) in try reader.extract(into: scratch, limits: .none) }
            return try ImageFolder(scratch, architecture: architecture).base(in: store)
        }
    }

    private static func open<Value>(
        _ path: String, _ body: (consuming ArchiveReader) throws(PackageError) -> Value
    ) throws(PackageError) -> Value {
        let file = try OpenFile(reading: path)
        return try body(try ArchiveReader(descriptor: file.descriptor, from: .person))
    }
}
