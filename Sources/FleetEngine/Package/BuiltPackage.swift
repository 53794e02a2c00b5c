package import FleetBase
package import FleetConfig
package import FleetPackage

/// A package version on the master: what it declares, what it holds, and its archive.
package struct BuiltPackage: Sendable {
    package let file: PackageFile
    package let manifest: Manifest
    /// Over the manifest's canonical bytes.
    package let signature: ManifestSignature?
    /// The tar.zst that hosts with zstd get.
    package let archive: String
    package let archiveSize: ByteCount
    let folder: String
    /// Nil for a package without `image:`.
    package var image: BuiltImage?

    package var name: String { file.name }
    package var version: String { manifest.version }

    /// The tar.gz for a host without zstd, written when one asks for it.
    func archive(compression: PackageArchive.Compression) throws(PackageError) -> String {
        guard compression != .zstd else { return archive }
        let path = archive.dropLast(PackageArchive.Compression.zstd.fileExtension.count) + compression.fileExtension
        if !Disk.exists(String(path)) {
            try PackageArchive.content(manifest, signature: signature, from: folder)
                .write(to: String(path), compression: compression)
        }
        return String(path)
    }
}
