import FleetBase
import FleetReleases
import FleetTerminal

extension PackageBuilder {
    /// Builds a package, and says so where it takes a moment.
    func build(_ name: String, _ console: Console) async throws -> BuiltPackage {
        try await console.showing(Message("building \(name)")) { try await build(name) }
    }
}
