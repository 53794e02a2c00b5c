import FleetBase
import FleetPackage

/// What is sent to a host so that it has a release: the whole of it, or what differs from a release that it has.
///
/// All calls block: run them on `ThreadExecutor.disk`.
package struct PushStream: Sendable, Hashable {
    /// Names the content: what a host has of the same stream is the beginning of this one.
    let id: String
    /// What the host has in the end.
    let version: String
    /// The release on the host that it builds upon; nil for a whole release.
    let base: String?
    /// Where its archives lie, without the ending.
    let path: String
    /// How much of the host's disk it takes; nil when that is not known.
    var space: ByteCount?
    /// Whether compressing it saves anything: what does not shrink costs every host its unpacking all the same.
    var shrinks = true
    let content: @Sendable () throws -> ArchiveContent

    package static func == (left: PushStream, right: PushStream) -> Bool { left.id == right.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// The archive as a host can read it, written when the first one asks for it.
    ///
    /// - Parameter compression: nil for none.
    func archive(_ compression: PackageArchive.Compression?) throws -> String {
        let file = "\(path).\(PackageArchive.fileExtension(compression))"
        try WholeArchive.provide(file) { try content().write(to: file, compression: compression) }
        return file
    }

    /// An archive of what a host still lacks of this stream.
    ///
    /// - Parameter arrived: the sizes of the files that the host has, by path.
    func rest(
        after arrived: [BytePath: Int64], _ compression: PackageArchive.Compression?, to file: String
    ) throws {
        try content().rest(after: arrived).write(to: file, compression: compression)
    }
}

extension BuiltPackage {
    var wholeStream: PushStream {
        let (manifest, signature, folder) = (manifest, signature, folder)
        let ending = "." + PackageArchive.fileExtension(.zstd)
        return PushStream(
            id: "\(name)@\(version)\(signatureTag)", version: version, base: nil,
            path: String(archive.dropLast(ending.count)),
            space: manifest.size, shrinks: shrinks
        ) { PackageArchive.content(manifest, signature: signature, from: folder) }
    }

    /// In a small archive the headers take most of the bytes.
    private var shrinks: Bool { manifest.size.bytes < 1 << 20 || archiveSize.bytes / 97 < manifest.size.bytes / 100 }

    /// Another signature makes another stream: what a host has of one must not be taken for the other's.
    var signatureTag: String { signature.map { ".s\($0.tag)" } ?? "" }
}
