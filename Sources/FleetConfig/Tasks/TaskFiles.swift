package import FleetBase

/// A file or folder of the master that a task finds in its folder.
package struct TaskInput: Sendable, Hashable {
    /// In the run's folder.
    package let target: RelativePath
    /// From the project's folder on; in the map form it may also be absolute or begin with `~/`: see `PathBase`.
    package let source: String
}

extension YAMLNode {
    /// A list of paths below the project's folder, or a mapping `target: source`.
    func taskInputs() throws(ConfigError) -> [TaskInput] {
        var inputs: [TaskInput] = []
        // Texts, of which Swift takes two accents that look alike for one: nobody means two such targets.
        var seen: Set<String> = []
        for (input, place) in try writtenInputs() {
            guard seen.insert(input.target.text).inserted else {
                throw ConfigError(.duplicate, at: place, Message("\(input.target) stands there twice"))
            }
            inputs.append(input)
        }
        return inputs
    }

    private func writtenInputs() throws(ConfigError) -> [(TaskInput, SourcePlace)] {
        var inputs: [(TaskInput, SourcePlace)] = []
        if let entries = mapping {
            for entry in entries {
                let target = try ConfigError.at(entry.place) { () throws(ValueError) in try Self.target(entry.key) }
                inputs.append((TaskInput(target: target, source: try entry.value.masterPath()), entry.place))
            }
            return inputs
        }
        guard case .sequence(let elements) = content else { throw expected(Message("a list")) }
        for element in elements {
            let path = try element.parsed(Self.target)
            inputs.append((TaskInput(target: path, source: path.text), element.place))
        }
        return inputs
    }

    /// A folder may be written with a slash behind it.
    private static func target(_ text: String) throws(ValueError) -> RelativePath {
        guard let path = try? RelativePath(text.hasSuffix("/") ? String(text.dropLast()) : text) else {
            throw ValueError(Message("\"\(text)\" is not a path inside the folder: no \"..\", nothing absolute"))
        }
        return path
    }

    /// A path of the master's own; never empty.
    func masterPath() throws(ConfigError) -> String {
        let path = try plainText()
        guard !path.isEmpty else { throw ConfigError(.invalidValue, at: place, Message("an empty path")) }
        return path
    }

    /// Patterns of what a task leaves, from the run's folder on.
    func outputPatterns() throws(ConfigError) -> [String] {
        guard case .sequence(let elements) = content else { throw expected(Message("a list")) }
        var patterns: [String] = []
        for element in elements { patterns.append(try element.parsed(Self.target).text) }
        return patterns
    }
}
