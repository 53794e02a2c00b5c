import FleetBase

/// What a task does on a host.
package enum TaskWork: Sendable, Hashable {
    case package(String, engine: String?)
    /// A line for sh.
    case command(String)
    /// Code for Python 3.
    case python(String)

    init(_ section: YAMLSection) throws(ConfigError) {
        let given = section.entries.filter { Self.keys.contains($0.key) && !$0.value.isNull }
        guard let first = given.first else {
            throw ConfigError(
                .missing, at: section.node.place, Message("a task has one of: package, command, python"))
        }
        if let second = given.dropFirst().first {
            throw ConfigError(
                .invalidValue, at: second.place,
                Message("a task has either \(first.key): or \(second.key):, not both"))
        }
        switch first.key {
        case "package":
            self = .package(
                try first.value.identifier(Message("a package")), engine: try section["engine"]?.string())
            return
        case "command": self = .command(try first.value.script())
        default: self = .python(try first.value.script())
        }
        guard let engine = section.entries.first(where: { $0.key == "engine" }) else { return }
        throw ConfigError(.unknownKey, at: engine.place, Message("engine: works only with package:"))
    }
}

extension YAMLNode {
    /// A text for a shell or an interpreter; never empty.
    func script() throws(ConfigError) -> String {
        let text = try plainText()
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw ConfigError(.invalidValue, at: place, Message("an empty command"))
        }
        return text
    }

    /// A text that can be an argument or a variable of a program, which ends where a null byte is.
    func plainText() throws(ConfigError) -> String {
        let text = try string()
        guard !text.utf8.contains(0) else {
            throw ConfigError(.invalidValue, at: place, Message("a null byte, which no program can get as an argument"))
        }
        return text
    }
}
