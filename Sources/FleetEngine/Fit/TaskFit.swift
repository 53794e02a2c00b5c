package import FleetBase
package import FleetConfig

/// Whether a host can do a task at all: what the task needs, and what its work runs by.
package struct TaskFit: Sendable {
    private let task: TaskDefinition
    /// Of a task that runs a package.
    private let package: PackageFile?
    /// As uname(1) says it; nil where the image is for the machine at hand, or there is none.
    private let imageArchitecture: String?

    /// - Parameters:
    ///   - package: what the task runs, if it is a package.
    ///   - imageArchitecture: for which machines the package's image is; nil while nobody has built it, and then it is
    ///     taken to fit.
    package init(_ task: TaskDefinition, _ package: PackageFile?, imageArchitecture: String? = nil) {
        self.task = task
        self.package = package
        self.imageArchitecture = imageArchitecture
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
        let architecture = package.image == nil ? nil : imageArchitecture ?? facts.architecture
        do {
            _ = try MethodChoice(
                for: package, on: facts, engine: task.engine, method: task.needs.method,
                imageArchitecture: architecture)
            return nil
        } catch {
            return error.message
        }
    }
}
