import FleetBase

/// What to run: `tasks.yaml`.
package struct TasksFile: Sendable, Hashable {
    package let tasks: [TaskDefinition]

    package init(parsing text: String, file: String) throws(ConfigError) {
        self = try TasksFile(YAMLNode(parsing: text, file: file))
    }

    package init(file: String, shownAs name: String? = nil) throws(ConfigError) {
        self = try TasksFile(YAMLNode(file: file, shownAs: name))
    }

    private init(_ root: YAMLNode) throws(ConfigError) {
        var tasks: [TaskDefinition] = []
        for node in try YAMLSection(root, keys: ["tasks"])["tasks"]?.elements() ?? [] {
            let task = try TaskDefinition(node)
            if let other = tasks.first(where: { $0.name == task.name }) {
                throw ConfigError(
                    .duplicate, at: task.place, Message("the task of line \(other.place.mark.line) has the same name"))
            }
            tasks.append(task)
        }
        self.tasks = tasks
    }

    /// Every task, one for each combination of its matrix, in the order of the file.
    package var expanded: [ExpandedTask] { tasks.flatMap(\.expanded) }
}

/// One entry of the file.
package struct TaskDefinition: Sendable, Hashable {
    package let name: String
    package let package: String
    package let engine: String?
    /// Texts, which the package's parameters turn into values.
    package let parameters: [String: String]
    package let matrix: TaskMatrix
    package let needs: Needs
    /// How often a failed attempt is repeated.
    package let retries: Int
    package let timeout: Duration?
    /// Keeps the job alive when its lease runs out.
    package let detach: Bool
    package let place: SourcePlace

    init(_ node: YAMLNode) throws(ConfigError) {
        let section = try YAMLSection(
            node,
            keys: [
                "name", "package", "engine", "parameters", "matrix", "needs", "retries", "timeout", "detach",
            ])
        package = try section.required("package").identifier(Message("a package"))
        name = try section["name"]?.identifier(Message("a task")) ?? package
        engine = try section["engine"]?.string()
        var parameters: [String: String] = [:]
        for entry in try section["parameters"]?.entries() ?? [] { parameters[entry.key] = try entry.value.string() }
        self.parameters = parameters
        matrix = try TaskMatrix(section["matrix"])
        needs = try section["needs"].map { node throws(ConfigError) in try Needs(node) } ?? Needs()
        retries = try section["retries"]?.int(atLeast: 0) ?? 0
        timeout = try section["timeout"]?.duration()
        detach = try section["detach"]?.bool() ?? false
        place = node.place
        for entry in section["matrix"]?.mapping ?? [] where parameters[entry.key] != nil {
            throw ConfigError(
                .duplicate, at: entry.place, Message("\"\(entry.key)\" stands in parameters and in matrix"))
        }
    }

    package var expanded: [ExpandedTask] {
        matrix.combinations.map { combination in
            ExpandedTask(definition: self, parameters: parameters.merging(combination) { _, swept in swept })
        }
    }
}

/// One thing to run: a task with one combination of its matrix.
package struct ExpandedTask: Sendable, Hashable {
    package let definition: TaskDefinition
    package let parameters: [String: String]

    /// The task's name and what was swept: `sweep[particles=100,seed=1]`.
    package var name: String {
        let swept = definition.matrix.axes.map { "\($0.name)=\(parameters[$0.name] ?? "")" }
        return swept.isEmpty ? definition.name : "\(definition.name)[\(swept.joined(separator: ","))]"
    }
}
