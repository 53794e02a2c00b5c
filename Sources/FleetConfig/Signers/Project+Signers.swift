import FleetBase

extension Project {
    /// Whose signatures the project takes.
    package var allowedSignersFile: String { folder + "/inventory/allowed_signers" }

    /// Keys that belong to this project alone; ignored by git.
    package var keysFolder: String { workFolder + "/keys" }

    /// Where keys lie that are named without a path, in the order in which they are sought.
    package func keysFolders(home: String) -> [String] { [keysFolder, Self.keysFolder(home: home)] }

    /// The keys of a person.
    package static func keysFolder(home: String) -> String { home + "/.config/fleet/keys" }

    /// - Returns: nil when the project names no signers.
    package func allowedSigners() throws(ConfigError) -> AllowedSigners? {
        guard TextFile.exists(allowedSignersFile) else { return nil }
        let text = String(decoding: try TextFile.read(allowedSignersFile), as: UTF8.self)
        return try AllowedSigners(parsing: text, file: shown(allowedSignersFile))
    }

    /// The file of a key: a word without a slash names one that `fleet keys new` made, anything else is a path.
    package func keyFile(_ key: String, home: String) throws(ConfigError) -> String {
        guard !key.contains("/"), key != "~" else { return PathBase(folder: folder, home: home).resolve(key) }
        let candidates = keysFolders(home: home).map { "\($0)/\(key)" }
        guard let found = candidates.first(where: { TextFile.exists($0) || TextFile.exists($0 + ".pub") }) else {
            throw ConfigError(
                .unknownName, Message("there is no key \"\(key)\""),
                hint: Message("make it with: fleet keys new \(key); a path to a key needs a slash, such as ./\(key)"))
        }
        return found
    }
}
