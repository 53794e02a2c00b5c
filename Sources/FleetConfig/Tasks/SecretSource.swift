import FleetBase

/// Where the master takes a secret from when a task starts.
package enum SecretSource: Sendable, Hashable, Codable {
    /// A variable of the master's own environment.
    case environment(String)
    /// A file of the master, from the project's folder on.
    case file(String)
    /// What a line for sh prints on the master.
    case command(String)

    /// Reads `{ env: NAME }`, `{ file: path }` and `{ command: "pass show x" }`.
    init(_ node: YAMLNode) throws(ConfigError) {
        guard node.mapping != nil else { throw node.expected(Message("a mapping")) }
        let section = try YAMLSection(node, keys: Self.keys)
        let given = section.entries.filter { !$0.value.isNull }
        guard given.count == 1, let entry = given.first else {
            throw ConfigError(.missing, at: node.place, Message("a secret comes from one of: env, file, command"))
        }
        switch entry.key {
        case "env": self = .environment(try entry.value.parsed(EnvironmentName.check))
        case "file": self = .file(try entry.value.masterPath())
        default: self = .command(try entry.value.script())
        }
    }
}
