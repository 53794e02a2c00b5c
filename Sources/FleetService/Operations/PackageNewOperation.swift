import FleetBase
package import FleetConfig

/// Writes a package to start from: a small one, or a copy of one that the program has in itself.
package struct PackageNewOperation: Operation {
    package static let name = "package new"
    package static let needsInventory = false

    package enum Template: Sendable, Hashable, Codable {
        case small(PackageSkeleton)
        case example(ExamplePackage)
    }

    /// The example's own name when nil.
    package var package: String?
    package var template: Template

    package init(_ package: String, _ kind: PackageSkeleton = .shell) {
        (self.package, template) = (package, .small(kind))
    }

    package init(_ example: ExamplePackage, named package: String? = nil) {
        (self.package, template) = (package, .example(example))
    }

    package func validate() throws(ServiceError) {
        if case .small = template, package == nil { throw ServiceError(Message("a new package needs a name")) }
    }

    /// - Returns: the files that were written, from the project's folder on.
    package func perform(in context: OperationContext) async throws -> [String] {
        let (name, template, project) = (package, template, context.project)
        return try await ThreadExecutor.disk.run { () throws(ConfigError) in
            switch template {
            case .small(let kind): try kind.write(named: name ?? "", in: project)
            case .example(let example): try example.write(named: name, in: project)
            }
        }
    }
}
