import FleetBase

extension Identifier {
    /// Refuses what could not be a name in a path or a shell.
    static func require(_ text: String, _ kind: Message, at place: SourcePlace) throws(ConfigError) {
        guard isValid(text) else {
            throw ConfigError(
                .invalidValue, at: place, Message("\"\(text)\" can't be the name of \(kind)"),
                hint: Message(
                    "names have letters from a to z, digits, \".\", \"_\" and \"-\", and at most 64 characters"))
        }
    }
}

extension YAMLNode.Entry {
    var place: SourcePlace { SourcePlace(file: value.file, mark: keyStart) }

    func requireIdentifier(_ kind: Message) throws(ConfigError) { try Identifier.require(key, kind, at: place) }
}
