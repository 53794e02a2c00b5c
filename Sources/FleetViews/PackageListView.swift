package import FleetConfig

/// What `fleet package --list --json` prints.
package struct PackageListView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        package let version: String
        package let engines: [String]
    }

    package let packages: [Row]

    package init(_ files: [PackageFile]) {
        packages = files.map { Row(name: $0.name, version: $0.version, engines: $0.engines.map(\.name)) }
    }
}
