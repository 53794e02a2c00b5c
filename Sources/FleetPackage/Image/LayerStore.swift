import FleetBase
import Glibc

/// The layers of images, each a file named by its digest.
package struct LayerStore: Sendable {
    private let folder: String

    /// - Parameter folder: is there.
    package init(_ folder: String) { self.folder = folder }

    /// Takes a layer as it is, or as a plain tar where it is compressed in a way that not every engine reads.
    func add(copyOf path: String) throws(PackageError) -> ImageLayer {
        let reader = try RawReader(path)
        let temporary = temporary
        let tarDigest = SHA256Hash()
        defer { unlink(temporary) }
        let coding = reader.coding
        if coding == .gzip {
            try reader.forEachChunk { chunk in tarDigest.update(chunk) }
            try copy(path, to: temporary)
        } else {
            let target = try ReplacedFile(temporary)
            try reader.forEachChunk { chunk throws(PackageError) in
                tarDigest.update(chunk)
                try target.file.write(chunk, to: temporary)
            }
            try target.finish()
        }
        return try keep(temporary, tarDigest: tarDigest.finish(), coding ?? .plain)
    }

    /// Takes the tar that `write` makes.
    func add(_ write: (borrowing ArchiveWriter) throws(PackageError) -> Void) throws(PackageError) -> ImageLayer {
        let temporary = temporary
        defer { unlink(temporary) }
        let target = try ReplacedFile(temporary)
        let writer = try ArchiveWriter(to: target.file, compression: nil)
        try write(writer)
        try writer.finish()
        try target.finish()
        return try keep(temporary, tarDigest: nil, .plain)
    }

    private var temporary: String { "\(folder)/.\(getpid()).\(UInt64.random(in: 0...UInt64.max))" }

    private func copy(_ path: String, to target: String) throws(PackageError) {
        let source = try OpenFile(reading: path)
        let copy = try ReplacedFile(target)
        try source.forEachChunk(of: path) { chunk throws(PackageError) in try copy.file.write(chunk, to: target) }
        try copy.finish()
    }

    /// - Parameter tarDigest: the file's own when nil.
    private func keep(
        _ temporary: String, tarDigest: Digest?, _ coding: ImageLayer.Coding
    ) throws(PackageError) -> ImageLayer {
        let digest = try FileDigest.of(file: temporary)
        let path = "\(folder)/\(digest.hex)"
        let size = ByteCount(ofFile: temporary).bytes
        guard rename(temporary, path) == 0 else { throw .unwritable(path) }
        try ReplacedFile.syncFolder(of: path)
        return ImageLayer(file: path, digest: digest, tarDigest: tarDigest ?? digest, size: size, coding: coding)
    }
}
