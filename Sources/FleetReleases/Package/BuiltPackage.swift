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
    /// In the order of the engines that run in them; empty for a package without `image:`.
    package var images: [PlannedImage] = []
    /// What ``file`` does not name, though the author declares it.
    package var missingEngines: [MissingEngine] = []
    /// Engines that run on hosts alone, since their images can't be made here.
    package var missingImages: [MissingEngine] = []

    package var name: String { file.name }
    package var version: String { manifest.version }

    /// In which image an engine runs; nil for none.
    package func image(of engine: PackageEngine) -> PlannedImage? {
        images.first { $0.engines.contains(engine.name) }
    }

    /// For which machines the images are, as uname(1) says it, by the names of the engines that run in them.
    package var imageArchitectures: [String: String] {
        Dictionary(images.flatMap { image in image.engines.map { ($0, image.architecture) } }) { first, _ in first }
    }
}
