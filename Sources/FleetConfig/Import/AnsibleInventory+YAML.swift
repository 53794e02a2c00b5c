import FleetBase

extension AnsibleInventory {
    /// Reads the YAML form.
    init(yaml root: YAMLNode) throws(ConfigError) {
        self.init()
        for entry in try root.entries() { try addGroup(entry.key, entry.value) }
    }

    private mutating func addGroup(_ name: String, _ node: YAMLNode) throws(ConfigError) {
        change(name) { _ in }
        for entry in try node["hosts"]?.entries() ?? [] {
            guard let names = AnsibleRange.expand(entry.key) else {
                throw ConfigError(
                    .syntax, at: entry.place, Message("\"\(entry.key)\" is not a range of hosts such as web[01:03]"))
            }
            for host in names { addHost(host, try Self.variables(entry.value), to: name) }
        }
        if let variables = node["vars"] { addVariables(try Self.variables(variables), to: name) }
        for entry in try node["children"]?.entries() ?? [] {
            addChild(entry.key, to: name)
            try addGroup(entry.key, entry.value)
        }
    }

    /// Variables that are lists or mappings mean nothing to a connection.
    private static func variables(_ node: YAMLNode) throws(ConfigError) -> [String: String] {
        var variables: [String: String] = [:]
        for entry in try node.entries() {
            if case .scalar(let text, _) = entry.value.content { variables[entry.key] = text }
        }
        return variables
    }
}
