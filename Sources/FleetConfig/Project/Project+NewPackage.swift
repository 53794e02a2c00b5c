import FleetBase

extension Project {
    /// Writes the files of a package that is not there yet.
    ///
    /// - Returns: the files, relative to the project's folder.
    func writePackage(
        _ name: String, _ files: (String) -> [ProjectTemplate.File]
    ) throws(ConfigError) -> [String] {
        guard Identifier.isValid(name) else {
            throw ConfigError(
                .invalidValue, Message("\"\(name)\" can't be the name of a package"),
                hint: Message(
                    "names have letters from a to z, digits, \".\", \"_\" and \"-\", and at most 64 characters"))
        }
        guard !TextFile.exists("\(packagesFolder)/\(name)") else {
            throw ConfigError(
                .duplicate, Message("the package \(name) is there already"), hint: Message("choose another name"))
        }
        let files = files(name)
        for file in files { try file.write(in: folder) }
        return files.map(\.path)
    }
}
