package import FleetBase
package import FleetConfig
package import FleetHosts

/// Whether a host can do a task at all: what the task needs, and what its work runs by.
package struct TaskFit: Sendable {
    private let task: TaskDefinition
    /// The package that the task runs; nil for a task without one.
    private let package: PackageFile?
    /// See ``BuiltPackage/imageArchitectures``; nil while nobody has built them.
    private let images: [String: String]?

    /// - Parameters:
    ///   - package: what the task runs, if it is a package.
    ///   - images: for which machines the package's images are; nil while nobody has built them, and then they are
    ///     taken to fit.
    package init(_ task: TaskDefinition, _ package: PackageFile?, images: [String: String]? = nil) {
        self.task = task
        self.package = package
        self.images = images
    }

    /// Why a host can't do the task; nil when it can.
    package func objection(to host: Host, _ facts: Facts) -> Message? {
        HostFit.objection(to: host, facts, needs: task.needs) ?? workObjection(facts)
    }

    private func workObjection(_ facts: Facts) -> Message? {
        switch task.work {
        case .package: packageObjection(facts)
        case .command: nil
        case .python: facts.methods.contains(.python) ? nil : Message("has no \(FleetConfig.Method.python.rawValue)")
        }
    }

    private func packageObjection(_ facts: Facts) -> Message? {
        guard let package else { return nil }
        let declared = package.engines.filter { package.image(of: $0) != nil }
        let fitting = Dictionary(uniqueKeysWithValues: declared.map { ($0.name, facts.architecture) })
        do {
            _ = try MethodChoice(
                for: package, on: facts, engine: task.engine, method: task.needs.method,
                images: images ?? fitting)
            return nil
        } catch {
            return error.message
        }
    }
}
