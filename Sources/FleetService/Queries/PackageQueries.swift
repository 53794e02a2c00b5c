package import FleetBase
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

/// All packages of the project, each for itself: a fault in one hides no other.
package struct AllPackagesQuery: Query {
    package init() {}

    package struct Answer: Sendable {
        package let files: [PackageFile]
        package let faulty: [Faulty]
    }

    /// A package that can't be read.
    package struct Faulty: Sendable {
        package let name: String
        /// Where the fault is, and which.
        package let error: any DescribedError
    }

    package func answer(by service: FleetService) async throws -> Answer {
        let builder = PackageBuilder(service.project)
        return try await ThreadExecutor.disk.run {
            var (files, faulty) = ([PackageFile](), [Faulty]())
            for name in builder.names {
                do { files.append(try builder.file(name)) } catch let error as any DescribedError {
                    faulty.append(Faulty(name: name, error: error))
                }
            }
            return Answer(files: files, faulty: faulty)
        }
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
