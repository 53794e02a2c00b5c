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
    /// What ``file`` does not name, though the author declares it.
    package var missingEngines: [MissingEngine] = []

    package var name: String { file.name }
    package var version: String { manifest.version }
}
