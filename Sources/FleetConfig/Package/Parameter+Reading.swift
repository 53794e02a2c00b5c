import FleetBase

extension Parameter {
    enum TypeName: String, CaseIterable { case int, float, string, bool, choice }

    /// The parameters of a package; no two share a name or an alias.
    static func list(_ node: YAMLNode?) throws(ConfigError) -> [Parameter] {
        var parameters: [Parameter] = []
        var owners: [String: String] = [:]
        for entry in try node?.entries() ?? [] {
            try entry.requireIdentifier(Message("a parameter"))
            let parameter = try Parameter(entry)
            for name in parameter.names {
                guard let owner = owners.updateValue(parameter.name, forKey: name) else { continue }
                throw ConfigError(
                    .duplicate, at: entry.place, Message("\"\(name)\" is a name of the parameter \"\(owner)\" already"))
            }
            parameters.append(parameter)
        }
        return parameters
    }

    private init(_ entry: YAMLNode.Entry) throws(ConfigError) {
        let section = try YAMLSection(entry.value, keys: Self.keys)
        name = entry.key
        kind = try Self.kind(section)
        help = try section["help"]?.localizedText()
        var aliases: [String] = []
        for alias in try section["aliases"]?.elements() ?? [] {
            aliases.append(try alias.identifier(Message("a parameter")))
        }
        self.aliases = aliases
        `default` = nil
        `default` = try section["default"]?.parsed(parse)
    }

    private static func kind(_ section: YAMLSection) throws(ConfigError) -> Kind {
        let type = try section.required("type").word(TypeName.self)
        try refuse(["min", "max"], unless: type == .int || type == .float, in: section)
        try refuse(["choices"], unless: type == .choice, in: section)
        switch type {
        case .int:
            let (minimum, maximum) = try ends(section) { node throws(ConfigError) in try node.int() }
            return .int(try bounds(minimum.map(Int64.init), maximum.map(Int64.init), section))
        case .float:
            let (minimum, maximum) = try ends(section) { node throws(ConfigError) in try node.double() }
            return .float(try bounds(minimum, maximum, section))
        case .string: return .string
        case .bool: return .bool
        case .choice: return .choice(try section.required("choices").strings())
        }
    }

    private static func ends<Value>(
        _ section: YAMLSection, _ read: (YAMLNode) throws(ConfigError) -> Value
    ) throws(ConfigError) -> (Value?, Value?) {
        (
            try section["min"]?.bound(open: -.infinity, read) ?? nil,
            try section["max"]?.bound(open: .infinity, read) ?? nil
        )
    }

    private static func bounds<Value>(
        _ minimum: Value?, _ maximum: Value?, _ section: YAMLSection
    ) throws(ConfigError) -> Bounds<Value> {
        if let minimum, let maximum, minimum > maximum {
            let place = section["min"]?.place ?? section.node.place
            throw ConfigError(.invalidValue, at: place, Message("min is \(minimum), above max, which is \(maximum)"))
        }
        return Bounds(minimum: minimum, maximum: maximum)
    }

    private static func refuse(
        _ keys: [String], unless isAllowed: Bool, in section: YAMLSection
    ) throws(ConfigError) {
        guard !isAllowed, let entry = section.entries.first(where: { keys.contains($0.key) }) else { return }
        throw ConfigError(
            .unknownKey, at: entry.place, Message("\"\(entry.key)\" does not go with this type of parameter"))
    }
}

extension YAMLNode {
    /// One text for all languages, or one a language.
    func localizedText() throws(ConfigError) -> LocalizedText {
        guard case .mapping = content else {
            let text = try string()
            return LocalizedText(english: text, spanish: text)
        }
        let section = try YAMLSection(self, keys: PackageFile.localizedKeys)
        let english = try section.required("en").string()
        return LocalizedText(english: english, spanish: try section["es"]?.string() ?? english)
    }
}
