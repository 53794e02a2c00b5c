import FleetBase
import FleetConfig
import FleetEngine

/// A built package, as `--json` prints it.
struct PackageReport: Encodable {
    let name: String
    let version: String
    let digest: String
    /// The size of the archive at `path`.
    let bytes: Int64
    let path: String

    init(_ package: BuiltPackage, path: String) {
        name = package.name
        version = package.version
        digest = package.manifest.digest.hex
        bytes = ByteCount(ofFile: path).bytes
        self.path = path
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
