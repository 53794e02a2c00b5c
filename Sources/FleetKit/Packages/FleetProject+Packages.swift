import FleetConfig
import FleetService
import FleetViews

extension FleetProject {
    /// The project's packages on this machine; none is brought to a host here, see ``releases``.
    public var packages: Packages { Packages(project: self) }

    /// What can be done with packages.
    public struct Packages: Sendable {
        let project: FleetProject

        /// What packages declare, without building them.
        ///
        /// - Parameter names: which packages; all when empty.
        /// - Throws: for a package that there is not, or whose package.yaml can't be read.
        public func list(_ names: [String] = []) async throws(FleetError) -> [PackageDeclaration] {
            try await project.ask(PackagesQuery(names)) { PackageListView($0).packages }
        }

        /// Which files are in the packages, and which are left out by which rule, without building them.
        ///
        /// - Parameter names: which packages; all when empty.
        /// - Throws: for a package that there is not, or whose package.yaml can't be read.
        public func files(_ names: [String] = []) async throws(FleetError) -> [PackageFiles] {
            try await project.ask(PackageFilesQuery(names)) { PackageFilesView($0).packages }
        }

        /// Writes a small package to start from.
        ///
        /// - Returns: the files that were written, from the project's folder on.
        public func create(
            _ name: String, _ template: PackageTemplate = .shell
        ) throws(FleetError) -> FleetOperation<[String]> {
            try project.start(PackageNewOperation(name, template.skeleton)) { WrittenView($0).written }
        }

        /// Builds packages: the same files give the same digest anywhere.
        ///
        /// - Parameters:
        ///   - names: which packages; all when empty.
        ///   - signingKey: the name or file of the key to sign them with; the inventory's when nil.
        ///   - isTimestamped: whether an archive is written, too, whose name ends in the time.
        ///   - hosts: those that get an archive with an installer of its own, to be carried there by hand.
        public func build(
            _ names: [String] = [], signingKey: String? = nil, isTimestamped: Bool = false,
            bundledFor hosts: Selection? = nil
        ) throws(FleetError) -> FleetOperation<[PackedPackage]> {
            var operation = PackageOperation(names)
            operation.signingKey = signingKey
            operation.isTimestamped = isTimestamped
            operation.bundleHosts = hosts?.selector
            return try project.start(operation) { PackageView($0).packages }
        }
    }
}

/// What a new package begins with.
public enum PackageTemplate: String, Codable, Sendable, CaseIterable {
    /// A worker in POSIX sh.
    case shell
    /// A worker in Python.
    case python
    /// A worker that is built on this machine.
    case native
    /// A worker in a container image.
    case image

    fileprivate var skeleton: PackageSkeleton {
        guard let skeleton = PackageSkeleton(rawValue: rawValue) else { preconditionFailure("every template is known") }
        return skeleton
    }
}
