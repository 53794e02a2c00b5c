package import FleetBase
import FleetConfig
import FleetReleases
package import FleetService

/// What `fleet package --json` prints.
package struct PackageView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        package let version: String
        package let digest: String
        /// The size of the archive at `path`.
        package let bytes: Int64
        package let path: String
        /// The fingerprint of the key that signed it.
        @OrNull package var signer: String?
        /// The first of `images`; null for a package without one.
        @OrNull package var image: Image?
        /// In the order of the engines that run in them.
        package let images: [Image]
        package let bundles: [Bundle]
    }

    /// A container image of a package.
    package struct Image: Codable, Sendable {
        package let engines: [String]
        /// As docker and podman print it.
        package let id: String
        package let reference: String
        package let bytes: Int64
        package let path: String
    }

    /// An archive to carry to a host by hand.
    package struct Bundle: Codable, Sendable {
        package let host: String
        package let path: String
        package let bytes: Int64
    }

    package let packages: [Row]

    package init(_ built: [PackageOperation.Built]) { packages = built.map(Row.init) }
}

extension PackageView.Row {
    fileprivate init(_ built: PackageOperation.Built) {
        let (package, images) = (built.package, built.images.map { PackageView.Image($0.engines, $0.image) })
        self.init(
            name: package.name, version: package.version, digest: package.manifest.digest.hex,
            bytes: ByteCount(ofFile: built.path).bytes, path: built.path,
            signer: package.signature.map { "\($0.publicKey)" }, image: images.first, images: images,
            bundles: built.bundles.map { bundle in
                PackageView.Bundle(host: bundle.host.text, path: bundle.path, bytes: bundle.size.bytes)
            })
    }
}

extension PackageView.Image {
    fileprivate init(_ engines: [String], _ image: BuiltImage) {
        self.init(
            engines: engines, id: "sha256:\(image.image.id)", reference: image.reference, bytes: image.size.bytes,
            path: image.archive)
    }
}
