import FleetBase
package import FleetConfig
package import FleetReleases

extension BuiltPackage {
    /// - Throws: when the engine is not in the package, with the reason.
    package func requireEngine(_ engine: String?) throws {
        guard let engine, !file.engines.contains(where: { $0.name == engine }) else { return }
        if let missing = missingEngines.first(where: { $0.name == engine }) { throw missing.error(in: name) }
        try file.requireEngine(engine)
    }
}

extension PackageFile {
    /// - Throws: when the engine is not declared.
    package func requireEngine(_ engine: String?) throws(ConfigError) {
        guard let engine, !engines.contains(where: { $0.name == engine }) else { return }
        let names = engines.map(\.name).joined(separator: ", ")
        throw ConfigError(
            .unknownName, Message("\(name) has no engine \"\(engine)\""), hint: Message("there are: \(names)"))
    }
}

extension MissingEngine {
    fileprivate func error(in package: String) -> ConfigError {
        ConfigError(
            .missing, Message("the engine \(name) of \(package) can't be built: \(tool) is not on the PATH"),
            hint: Message("install it, or build on a machine that has it"))
    }
}
