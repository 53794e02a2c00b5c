import FleetBase

extension TaskDefinition {
    /// A package's task has the package's name unless it says another one.
    static func name(_ section: YAMLSection, _ work: TaskWork) throws(ConfigError) -> String {
        if case .package(let package, _) = work, section["name"] == nil { return package }
        return try section.required("name").identifier(Message("a task"))
    }

    static func place(of work: TaskWork, _ section: YAMLSection) -> SourcePlace {
        let key =
            switch work {
            case .package: "package"
            case .command: "command"
            case .python: "python"
            }
        return section[key]?.place ?? section.node.place
    }

    static func parameters(_ section: YAMLSection) throws(ConfigError) -> [TaskParameter] {
        var parameters: [TaskParameter] = []
        for entry in try section["parameters"]?.entries() ?? [] { parameters.append(try TaskParameter(entry)) }
        return parameters
    }

    static func environment(_ section: YAMLSection) throws(ConfigError) -> [String: String] {
        var environment: [String: String] = [:]
        for entry in try section["env"]?.entries() ?? [] {
            environment[try entry.variableName()] = try entry.value.plainText()
        }
        return environment
    }

    static func secrets(_ section: YAMLSection) throws(ConfigError) -> [String: SecretSource] {
        var secrets: [String: SecretSource] = [:]
        for entry in try section["secrets"]?.entries() ?? [] {
            secrets[try entry.variableName()] = try SecretSource(entry.value)
        }
        return secrets
    }

    /// What the matrix sweeps over has no fixed value; what its `include:` adds may have one.
    func refuseParametersSweptToo(_ section: YAMLSection) throws(ConfigError) {
        for entry in section["matrix"]?.mapping ?? []
        where parameters[entry.key] != nil && matrix.axes.contains(where: { $0.name == entry.key }) {
            throw ConfigError(
                .duplicate, at: entry.place, Message("\"\(entry.key)\" stands in parameters and in matrix"))
        }
    }

    /// No variable is set twice: not by `env:` and `secrets:`, and not by a parameter of a command or of Python code.
    func refuseCollisions(_ section: YAMLSection) throws(ConfigError) {
        for entry in section["secrets"]?.mapping ?? [] where environment[entry.key] != nil {
            throw ConfigError(.duplicate, at: entry.place, Message("\"\(entry.key)\" stands in env and in secrets"))
        }
        if case .package = work { return }
        var parameters: [String: String] = [:]
        for parameter in given {
            let place = parameter.namePlace
            let variable = try ConfigError.at(place) { () throws(ValueError) in
                try EnvironmentName.variable(of: parameter.name)
            }
            let other = parameters.updateValue(parameter.name, forKey: variable)
            guard (other ?? parameter.name) == parameter.name else {
                throw ConfigError(
                    .duplicate, at: place,
                    Message("\"\(parameter.name)\" and \"\(other ?? "")\" are both the variable \(variable)"))
            }
            guard environment[variable] == nil, secrets[variable] == nil else {
                throw ConfigError(
                    .duplicate, at: place,
                    Message("\"\(parameter.name)\" is the variable \(variable), which env or secrets set too"))
            }
        }
    }
}

extension YAMLNode.Entry {
    fileprivate func variableName() throws(ConfigError) -> String {
        try ConfigError.at(place) { () throws(ValueError) in try EnvironmentName.checkOwn(key) }
    }
}

extension YAMLNode {
    func lease() throws(ConfigError) -> Duration {
        let lease = try duration()
        guard lease > .zero else { throw ConfigError(.invalidValue, at: place, Message("a lease that ends at once")) }
        return lease
    }

    /// A list of names of tasks, or one alone; none stands there twice.
    func namedTasks() throws(ConfigError) -> [(name: String, place: SourcePlace)] {
        var nodes = [self]
        if case .sequence(let elements) = content { nodes = elements }
        var tasks: [(name: String, place: SourcePlace)] = []
        var seen: Set<String> = []
        for node in nodes {
            let name = try node.string()
            guard seen.insert(name).inserted else {
                throw ConfigError(.duplicate, at: node.place, Message("\(name) stands there twice"))
            }
            tasks.append((name, node.place))
        }
        return tasks
    }
}
