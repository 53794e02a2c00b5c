import FleetBase

/// Proves that the tasks of a file can be done one after the other, as `after:` says.
enum TaskOrder {
    static func check(_ tasks: [TaskDefinition]) throws(ConfigError) {
        let names = Set(tasks.map(\.name))
        for task in tasks { try checkNames(of: task, among: names) }
        let waiting = Self.waiting(among: tasks)
        guard let first = tasks.first(where: { waiting[$0.name] != nil }) else { return }
        throw cycle(from: first, waiting)
    }

    private static func checkNames(of task: TaskDefinition, among names: Set<String>) throws(ConfigError) {
        for (name, place) in zip(task.after, task.places.after) {
            guard names.contains(name) else {
                throw .unknown(name, kind: Message("task"), among: names.sorted(), at: place)
            }
            guard name != task.name else {
                throw ConfigError(.cycle, at: place, Message("a task can't come after itself"))
            }
        }
    }

    /// The tasks that never have their turn when each starts as soon as all that it comes after are done (Kahn, 1962).
    private static func waiting(among tasks: [TaskDefinition]) -> [String: TaskDefinition] {
        var followers: [String: [TaskDefinition]] = [:]
        for task in tasks { for name in task.after { followers[name, default: []].append(task) } }
        var missing = Dictionary(tasks.map { ($0.name, $0.after.count) }) { first, _ in first }
        var waiting = Dictionary(tasks.map { ($0.name, $0) }) { first, _ in first }
        var ready = tasks.filter(\.after.isEmpty).map(\.name)
        while let name = ready.popLast() {
            waiting[name] = nil
            for follower in followers[name] ?? [] {
                missing[follower.name, default: 0] -= 1
                if missing[follower.name] == 0 { ready.append(follower.name) }
            }
        }
        return waiting
    }

    /// Each task that waits for ever comes after another such one, so going back from any of them ends in a circle.
    private static func cycle(from first: TaskDefinition, _ waiting: [String: TaskDefinition]) -> ConfigError {
        var path = [first]
        var positions = [first.name: 0]
        while true {
            let task = path[path.count - 1]
            guard let index = task.after.firstIndex(where: { waiting[$0] != nil }),
                let next = waiting[task.after[index]]
            else { preconditionFailure("\(task.name) waits for nothing") }
            if let start = positions[next.name] {
                let circle = shown((path[start...] + [next]).map(\.name))
                return ConfigError(.cycle, at: task.places.after[index], Message("tasks in a circle: \(circle)"))
            }
            positions[next.name] = path.count
            path.append(next)
        }
    }

    /// A long circle without its middle.
    private static func shown(_ names: [String]) -> String {
        let parts = names.count > 8 ? names.prefix(4) + ["…"] + names.suffix(3) : names[...]
        return parts.joined(separator: " → ")
    }
}
