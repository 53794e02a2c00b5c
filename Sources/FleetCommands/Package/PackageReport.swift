import FleetBase
import FleetConfig
import FleetReleases

/// A built package, as `--json` prints it.
struct PackageReport: Encodable {
    let name: String
    let version: String
    let digest: String
    /// The size of the archive at `path`.
    let bytes: Int64
    let path: String
    /// The fingerprint of the key that signed it.
    let signer: String?
    /// The first of `images`; null for a package without one.
    let image: ImageReport?
    /// In the order of the engines that run in them.
    let images: [ImageReport]
    /// Nil when none were asked for.
    var bundles: [BundleReport]?

    private enum CodingKeys: String, CodingKey {
        case name, version, digest, bytes, path, signer, image, images, bundles
    }

    init(_ package: BuiltPackage, _ images: [(engines: [String], image: BuiltImage)], path: String) {
        name = package.name
        version = package.version
        digest = package.manifest.digest.hex
        bytes = ByteCount(ofFile: path).bytes
        self.path = path
        self.images = images.map { ImageReport($0.engines, $0.image) }
        image = self.images.first
        signer = package.signature.map { "\($0.publicKey)" }
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(version, forKey: .version)
        try values.encode(digest, forKey: .digest)
        try values.encode(bytes, forKey: .bytes)
        try values.encode(path, forKey: .path)
        try values.encode(signer, forKey: .signer)
        try values.encode(image, forKey: .image)
        try values.encode(images, forKey: .images)
        try values.encodeIfPresent(bundles, forKey: .bundles)
    }
}

/// A container image of a package, as `--json` prints it.
struct ImageReport: Encodable {
    let engines: [String]
    /// As docker and podman print it.
    let id: String
    let reference: String
    let bytes: Int64
    let path: String

    init(_ engines: [String], _ image: BuiltImage) {
        self.engines = engines
        id = "sha256:\(image.image.id)"
        reference = image.reference
        bytes = image.size.bytes
        path = image.archive
    }
}

/// An archive to carry by hand.
struct BundleReport: Encodable {
    let host: String
    let path: String
    let bytes: Int64

    init(_ bundle: Bundle) {
        (host, path, bytes) = (bundle.host.text, bundle.path, bundle.size.bytes)
    }
}

/// A package of the project that need not be built.
struct ListedPackage: Encodable {
    let file: PackageFile
    let name: String
    let version: String
    let engines: [String]

    private enum CodingKeys: String, CodingKey { case name, version, engines }

    init(_ file: PackageFile) {
        self.file = file
        name = file.name
        version = file.version
        engines = file.engines.map(\.name)
    }
}
