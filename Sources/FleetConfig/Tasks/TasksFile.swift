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
        var lines: [String: Int] = [:]
        var count = 0
        for node in try YAMLSection(root, keys: Self.keys)["tasks"]?.elements() ?? [] {
            let task = try TaskDefinition(node)
            if let line = lines.updateValue(task.place.mark.line, forKey: task.name) {
                throw ConfigError(
                    .duplicate, at: task.place, Message("the task of line \(line) has the same name"))
            }
            let (sum, isTooLarge) = count.addingReportingOverflow(task.count)
            guard !isTooLarge, sum <= TaskMatrix.maximumTasks else {
                throw ConfigError(
                    .invalidValue, at: task.place,
                    Message("the file has more than \(TaskMatrix.maximumTasks) tasks from here on"))
            }
            count = sum
            tasks.append(task)
        }
        try TaskOrder.check(tasks)
        self.tasks = tasks
    }

    package subscript(name: String) -> TaskDefinition? { tasks.first { $0.name == name } }

    /// Every task, one for each combination of its matrix and each repetition, in the order of the file.
    package var expanded: [ExpandedTask] { expanded(verify: nil) }

    /// - Parameter verify: how many results are compared, of tasks that do not say so themselves.
    package func expanded(verify: Int?) -> [ExpandedTask] {
        tasks.reduce(into: []) { expanded, task in
            expanded += task.expanded(from: expanded.count + 1, verify: verify)
        }
    }
}
