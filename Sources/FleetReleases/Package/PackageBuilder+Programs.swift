import FleetBase
import FleetConfig
import FleetHosts

/// What engines start.
extension PackageBuilder {
    /// Programs that run the file after them.
    private static let interpreters: Set<String> = ["sh", "bash", "dash", "python3", "python", "perl", "ruby", "node"]

    /// Checks all of a package that can be known without building it, as strictly as a build.
    package func check(_ name: String) throws {
        let file = try file(name)
        let folder = "\(project.packagesFolder)/\(name)"
        try checkBases(of: file, in: folder)
        let files = Set(try listing(of: file, in: folder).map { ByteText("\($0)") })
        for engine in file.engines {
            try checkProgram(of: engine, file, in: folder, files)
            try checkRequirements(of: engine, file, files)
        }
    }

    /// The file that an engine's `run:` names is in the package and can be started, or is built.
    private func checkProgram(
        of engine: PackageEngine, _ file: PackageFile, in folder: String, _ files: Set<ByteText>
    ) throws(EngineError) {
        guard let program = Self.program(of: engine), let path = BytePath(program.utf8),
            !Self.isBuilt(path, for: engine, file)
        else { return }
        let place = project.shown(project.packageFile(file.name))
        guard Disk.exists("\(folder)/\(program)") else {
            throw EngineError(
                .packing, Message("\(place): the engine \(engine.name) runs \(program), which is not there"),
                hint: Message("write the file, or mend run:"))
        }
        guard files.contains(ByteText(program)) else { throw notInPackage(program, engine, file) }
        let startsItself = engine.command.first?.text.hasPrefix("./") == true
        if startsItself, Disk.isWithoutPermission("\(folder)/\(program)") { throw notExecutable(program, engine, file) }
    }

    private func checkRequirements(
        of engine: PackageEngine, _ file: PackageFile, _ files: Set<ByteText>
    ) throws(EngineError) {
        guard let requirements = engine.requirements.map({ "\($0)" }), let path = BytePath(requirements.utf8),
            !files.contains(ByteText(requirements)), !Self.isBuilt(path, for: engine, file)
        else { return }
        let place = project.shown(project.packageFile(file.name))
        throw EngineError(
            .packing,
            Message("\(place): the engine \(engine.name) requires what \(requirements) lists, which is not there"),
            hint: Message("write the file, or mend requirements:"))
    }

    private static func isBuilt(_ path: BytePath, for engine: PackageEngine, _ file: PackageFile) -> Bool {
        [file.build, engine.build].contains { $0?.makes(path) == true }
    }

    func notInPackage(_ program: String, _ engine: PackageEngine, _ file: PackageFile) -> EngineError {
        let place = project.shown(project.packageFile(file.name))
        return EngineError(
            .packing, Message("\(place): the engine \(engine.name) runs \(program), which is not in the package"),
            hint: Message("see which rule leaves it out with: fleet package --list-files \(file.name)"))
    }

    func notExecutable(_ program: String, _ engine: PackageEngine, _ file: PackageFile) -> EngineError {
        let place = project.shown(project.packageFile(file.name))
        return EngineError(
            .packing, Message("\(place): the engine \(engine.name) runs \(program), which is not executable"),
            hint: Message("make it so: chmod +x \(project.shown(project.packagesFolder))/\(file.name)/\(program)"))
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
