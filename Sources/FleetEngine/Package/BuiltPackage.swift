package import FleetBase
package import FleetConfig
package import FleetPackage

/// A package version on the master: what it declares, what it holds, and its archive.
package struct BuiltPackage: Sendable {
    package let file: PackageFile
    package let manifest: Manifest
    /// The tar.zst that hosts with zstd get.
    package let archive: String
    package let archiveSize: ByteCount
    let folder: String

    package var name: String { file.name }
    package var version: String { manifest.version }

    /// The tar.gz for a host without zstd, written when one asks for it.
    func archive(compression: PackageArchive.Compression) throws(PackageError) -> String {
        guard compression != .zstd else { return archive }
        let path = archive.dropLast(PackageArchive.Compression.zstd.fileExtension.count) + compression.fileExtension
        if !Disk.exists(String(path)) {
            try PackageArchive.write(manifest, from: folder, to: String(path), compression: compression)
        }
        return String(path)
    }
}
