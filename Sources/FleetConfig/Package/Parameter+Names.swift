import FleetBase

extension Parameter {
    /// The options of `fleet run` itself: a parameter with such a name could not be given.
    package static let optionsOfRun: Set<String> = [
        "all", "color", "engine", "events", "group", "help", "hosts", "inventory", "json", "lang", "method", "no-push",
        "project", "python", "quiet", "timeout", "verbose",
    ]
}

extension PackageFile {
    /// Refuses parameters that no command line could give.
    ///
    /// - Parameter path: where the package is declared, as people know it.
    package func checkNamesOfParameters(at path: String) throws(ConfigError) {
        let names = parameters.flatMap(\.names)
        guard let name = names.first(where: Parameter.optionsOfRun.contains) else { return }
        throw ConfigError(
            .invalidValue, Message("\(path): the parameter \(name) has the name of one of fleet's own options"),
            hint: Message("give it another name"))
    }
}
