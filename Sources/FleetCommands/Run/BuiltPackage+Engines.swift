import FleetArguments
import FleetBase
import FleetConfig
import FleetReleases
import FleetTerminal

extension BuiltPackage {
    /// - Throws: when the engine is not in the package, with the reason.
    func requireEngine(_ engine: String?) throws {
        guard let engine, !file.engines.contains(where: { $0.name == engine }) else { return }
        if let missing = missingEngines.first(where: { $0.name == engine }) { throw missing.error(in: name) }
        let names = file.engines.map(\.name).joined(separator: ", ")
        throw ArgumentError(
            .invalid, Message("\(name) has no engine \"\(engine)\""), hint: Message("there are: \(names)"))
    }

    /// Tells which engines are not in the package.
    func tellMissingEngines(_ console: Console) {
        for missing in missingEngines {
            console.warning(
                Message(
                    "\(name) goes without its engine \(missing.name): \(missing.tool), which builds it, is not on the PATH"
                ))
        }
        for missing in missingImages {
            console.warning(
                Message("the engine \(missing.name) of \(name) goes without its image: \(missing.message)"))
        }
    }
}

extension MissingEngine {
    fileprivate var message: Message { Message("\(tool) is not on the PATH") }

    fileprivate func error(in package: String) -> ConfigError {
        ConfigError(
            .missing, Message("the engine \(name) of \(package) can't be built: \(tool) is not on the PATH"),
            hint: Message("install it, or build on a machine that has it"))
    }
}
