package import FleetBase
package import FleetConfig
package import FleetService

/// What `fleet package --list --json` prints.
package struct PackageListView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        package let version: String
        package let engines: [String]
    }

    /// A package that can't be read.
    package struct Fault: Codable, Sendable {
        package let name: String
        /// Where the fault is, and which.
        package let error: Message
        @OrNull package var hint: Message?
    }

    package let packages: [Row]
    package let faulty: [Fault]

    package init(_ files: [PackageFile]) { self.init(files, faulty: []) }

    package init(_ all: AllPackagesQuery.Answer) {
        self.init(
            all.files,
            faulty: all.faulty.map {
                Fault(name: $0.name, error: $0.error.message, hint: $0.error.hint)
            })
    }

    private init(_ files: [PackageFile], faulty: [Fault]) {
        packages = files.map { Row(name: $0.name, version: $0.version, engines: $0.engines.map(\.name)) }
        self.faulty = faulty
    }
}
