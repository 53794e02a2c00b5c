import FleetBase
package import FleetConfig
package import FleetHosts

/// What engines start.
extension PackageBuilder {
    /// Programs that run the file after them.
    private static let interpreters: Set<String> = ["sh", "bash", "dash", "python3", "python", "perl", "ruby", "node"]

    /// Checks that the file that an engine's `run:` names is in the package, or is built.
    ///
    /// - Parameter folder: the package's.
    package func checkPrograms(of file: PackageFile, in folder: String) throws(EngineError) {
        for engine in file.engines {
            guard let program = Self.program(of: engine), let path = BytePath(program.utf8),
                !Disk.exists("\(folder)/\(program)"),
                ![file.build, engine.build].contains(where: { $0?.makes(path) == true })
            else { continue }
            let place = project.shown(project.packageFile(file.name))
            throw EngineError(
                .packing, Message("\(place): the engine \(engine.name) runs \(program), which is not there"),
                hint: Message("write the file, or mend run:"))
        }
    }

    /// The path in the package's folder of what an engine starts; nil for what is the host's.
    private static func program(of engine: PackageEngine) -> String? {
        let words = engine.command.map(\.text)
        guard let first = words.first else { return nil }
        if first.hasPrefix("./") { return String(first.dropFirst(2)) }
        guard interpreters.contains(first), words.count > 1, !words[1].hasPrefix("-"), !words[1].hasPrefix("/") else {
            return nil
        }
        return words[1].hasPrefix("./") ? String(words[1].dropFirst(2)) : words[1]
    }
}
