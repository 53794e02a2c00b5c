import FleetBase
import FleetConfig

/// A task that runs by itself.
struct TimedTask: Sendable {
    let task: TaskDefinition
    let schedule: TaskSchedule
}

extension Project {
    /// The tasks that run by themselves.
    ///
    /// - Parameter names: some of them; all when empty.
    /// - Throws: when one of the names has no schedule, or no task has.
    func timedTasks(_ names: [String], _ inventory: Inventory) throws(ConfigError) -> [TimedTask] {
        let tasks = try checkTasks(tasks(file: nil), inventory: inventory).tasks(named: names)
        let timed = tasks.compactMap { task in task.schedule.map { TimedTask(task: task, schedule: $0) } }
        let hint = Message("write one: schedule: every 15m, or \"30 3 * * *\" as in a crontab")
        if !names.isEmpty, let other = tasks.first(where: { $0.schedule == nil }) {
            throw ConfigError(
                .invalidValue, at: other.place, Message("the task \(other.name) has no schedule"), hint: hint)
        }
        guard !timed.isEmpty else {
            throw ConfigError(.unknownName, Message("no task of tasks.yaml has a schedule"), hint: hint)
        }
        return timed
    }
}
