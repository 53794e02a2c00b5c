import FleetBase
package import FleetConfig

/// Writes a small package to start from.
package struct PackageNewOperation: Operation {
    package static let name = "package new"
    package static let needsInventory = false

    package var package: String
    package var kind: PackageSkeleton

    package init(_ package: String, _ kind: PackageSkeleton = .shell) { (self.package, self.kind) = (package, kind) }

    /// - Returns: the files that were written, from the project's folder on.
    package func perform(in context: OperationContext) async throws -> [String] {
        let (name, kind, project) = (package, kind, context.project)
        return try await ThreadExecutor.disk.run { () throws(ConfigError) in try kind.write(named: name, in: project) }
    }
}
