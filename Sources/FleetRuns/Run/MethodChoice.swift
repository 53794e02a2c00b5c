package import FleetBase
package import FleetConfig
package import FleetHosts

/// How a package runs on one host: decided from what the package supports and the host has.
package struct MethodChoice: Sendable, Hashable {
    package let engine: PackageEngine
    package let method: FleetConfig.Method
    package let reason: Message

    /// Methods that this version of fleet can start.
    static let supported: [FleetConfig.Method] = [.docker, .podman, .venv, .python, .native]

    /// The first engine of the package that the host can run, by the best method that both have.
    ///
    /// - Parameters:
    ///   - images: for which machines the images of engines are, see ``BuiltPackage/imageArchitectures``.
    ///   - unusable: methods that this host has in name only.
    /// - Throws: no-method, with what each engine lacks here.
    package init(
        for package: PackageFile, on facts: Facts, engine wantedEngine: String?,
        method wantedMethod: FleetConfig.Method?, images: [String: String] = [:],
        without unusable: Set<FleetConfig.Method> = []
    ) throws(Failure) {
        let engines = package.engines.filter { wantedEngine == nil || $0.name == wantedEngine }
        var objections: [String] = []
        var lacksImage = false
        for engine in engines {
            guard engine.runs(on: facts.architecture) else {
                objections.append(
                    "\(engine.name): \(engine.architectures.joined(separator: "/")) ≠ \(facts.architecture)")
                continue
            }
            let lacking = engine.required.map(\.rawValue).filter { !facts.tools.contains($0) }
            let wanted = engine.methods.filter { wantedMethod == nil || $0 == wantedMethod }
            let fitting = wanted.filter { method in
                guard Self.supported.contains(method), !unusable.contains(method) else { return false }
                // What it needs beside the method is in its image.
                return method.isContainer ? images[engine.name] == facts.architecture : lacking.isEmpty
            }
            let method = facts.methods.first(where: fitting.contains)
            guard let method else {
                guard lacking.isEmpty else {
                    objections.append("\(engine.name): \(lacking.joined(separator: ", "))")
                    continue
                }
                let containers = (wantedMethod.map { [$0] } ?? facts.methods).filter {
                    $0.isContainer && !unusable.contains($0)
                }
                if package.image(of: engine) == nil, containers.contains(where: wanted.contains) { lacksImage = true }
                let methods = (wanted.isEmpty ? engine.methods : wanted).map(\.rawValue).joined(separator: ", ")
                objections.append(
                    "\(engine.name): \(methods)" + (wanted.isEmpty ? " ≠ \(wantedMethod?.rawValue ?? "")" : ""))
                continue
            }
            self.engine = engine
            self.method = method
            let skipped = objections.joined(separator: "; ")
            reason = objections.isEmpty ? Message("the first engine of the package") : Message("not \(skipped)")
            return
        }
        throw Self.none(of: package, facts, objections, lacksImage: lacksImage)
    }

    /// What runs without a package.
    init(_ work: RunRequest.Work, on facts: Facts) throws(Failure) {
        reason = Message("a command needs a shell alone")
        switch work {
        case .package: preconditionFailure("a package says itself how it runs")
        case .command(let line):
            method = .native
            engine = PackageEngine(name: "sh", methods: [.native], command: ["/bin/sh", "-c", ShellWord(line)])
        case .python(let code):
            guard facts.methods.contains(.python) else {
                throw Failure(
                    .noMethod, Message("the host has no Python"),
                    hint: Message("install it there: fleet host prepare HOST --python"))
            }
            method = .python
            engine = PackageEngine(name: "python", methods: [.python], command: ["python3", "-c", ShellWord(code)])
        }
    }

    /// - Parameter lacksImage: whether a container would be the way, had the package an image.
    private static func none(
        of package: PackageFile, _ facts: Facts, _ objections: [String], lacksImage: Bool
    ) -> Failure {
        let (name, list) = (package.name, objections.joined(separator: "; "))
        guard !lacksImage else {
            let problem = Message("\(list); the package has no image")
            return Failure(
                .noMethod, Message("no engine of \(name) runs here: \(problem)"),
                hint: Message("write image: into package.yaml"))
        }
        let has = facts.methods.map(\.rawValue).joined(separator: ", ")
        return Failure(
            .noMethod, Message("no engine of \(name) runs here: \(list)"),
            hint: Message("the host has \(has) on \(facts.architecture)"))
    }
}
