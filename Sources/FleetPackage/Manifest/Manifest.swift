package import FleetBase

/// What a package version holds: its files, each with its digest, and what the package declares of itself.
///
/// The same content gives the same canonical bytes and so the same digest on every machine.
package struct Manifest: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package enum Content: Hashable, Sendable {
            case file(isExecutable: Bool, size: Int64, digest: Digest)
            case link(LinkTarget)
        }

        package let path: RelativePath
        package let content: Content
        /// The chunks of a file that is at least ``Chunk/threshold`` long; empty for all others.
        package let chunks: [Chunk]

        package init(path: RelativePath, content: Content, chunks: [Chunk] = []) {
            self.path = path
            self.content = content
            self.chunks = chunks
        }
    }

    /// The names that fleet puts beside the payload.
    package static let fileName = ".fleet-manifest.json"
    package static let sumsName = ".fleet-sums"
    package static let layoutName = ".fleet-layout"
    package static let signatureName = ".fleet-manifest.json.sig"

    package let name: String
    package let declaredVersion: String
    /// Parameters, metrics, engines: whatever `package.yaml` declares, unread here.
    package let metadata: JSONValue
    /// Sorted by path, each path once.
    package let entries: [Entry]
    /// Compact JSON with sorted keys, lists in their order.
    package let canonicalBytes: [UInt8]
    /// SHA-256 of the canonical bytes.
    package let digest: Digest

    package init(
        name: String, declaredVersion: String, metadata: JSONValue, entries: [Entry]
    ) throws(PackageError) {
        self.name = name
        self.declaredVersion = declaredVersion
        self.metadata = metadata
        self.entries = entries.sorted { $0.path < $1.path }
        canonicalBytes = Self.canonicalBytes(name, declaredVersion, metadata, self.entries)
        digest = FileDigest.of(canonicalBytes)
        try Self.check(self.entries)
    }

    /// The declared version and the beginning of the digest: `1.0.0-0123456789ab`.
    package var version: String { "\(declaredVersion)-\(digest.short)" }

    /// The bytes of all files together.
    package var size: ByteCount {
        ByteCount(
            entries.reduce(Int64(0)) { total, entry in
                guard case .file(_, let size, _) = entry.content else { return total }
                return total + size
            })
    }

    private static func check(_ entries: [Entry]) throws(PackageError) {
        let reserved = [fileName, sumsName, layoutName, signatureName]
        for entry in entries {
            let path = entry.path
            // sha256sum writes a line with such a name in another form.
            if path.text.utf8.contains(UInt8(ascii: "\\")) {
                throw PackageError(.unsupportedFile, Message("\(path): a backslash in a file name can't be packed"))
            }
            if reserved.contains(path.text) {
                throw PackageError(.unsupportedFile, Message("\(path) is a name that fleet keeps for itself"))
            }
        }
        for (left, right) in zip(entries, entries.dropFirst()) where left.path == right.path {
            throw PackageError(.badManifest, Message("\(left.path) is listed twice"))
        }
    }
}
