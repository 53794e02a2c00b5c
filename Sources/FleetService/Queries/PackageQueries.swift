import FleetBase
package import FleetConfig
package import FleetReleases

/// What packages declare, without building them.
package struct PackagesQuery: Query {
    /// All of the project's when empty.
    package var packages: [String]

    package init(_ packages: [String] = []) { self.packages = packages }

    package func answer(by service: FleetService) async throws -> [PackageFile] {
        let (names, builder) = (packages, PackageBuilder(service.project))
        return try await ThreadExecutor.disk.run { try (names.isEmpty ? builder.names : names).map(builder.file) }
    }
}

/// Which files of the packages' folders are in the packages, and which are left out by which rule, without building them.
package struct PackageFilesQuery: Query {
    /// All of the project's when empty.
    package var packages: [String]

    package init(_ packages: [String] = []) { self.packages = packages }

    package func answer(by service: FleetService) async throws -> [(name: String, selection: PackageSelection)] {
        let (names, builder) = (packages, PackageBuilder(service.project))
        return try await ThreadExecutor.disk.run {
            try (names.isEmpty ? builder.names : names).map { ($0, try builder.selection(of: $0)) }
        }
    }
}
