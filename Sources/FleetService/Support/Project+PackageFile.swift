package import FleetConfig
import FleetReleases

extension Project {
    /// What a package declares, read from its `package.yaml`.
    ///
    /// - Throws: when the project has no such package, or the file can't be read.
    package func packageFile(named name: String) throws -> PackageFile { try PackageBuilder(self).file(name) }
}
