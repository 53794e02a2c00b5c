import FleetBase
import FleetConfig

extension Session {
    /// The tasks that run by themselves.
    ///
    /// - Parameter names: some of them; all when empty.
    /// - Throws: when one of the names has no schedule.
    func scheduled(_ names: [String]) throws -> [(task: TaskDefinition, schedule: TaskSchedule)] {
        let file = try project.tasks(file: nil)
        let checked = try project.checkTasks(file, inventory: inventory)
        let tasks = try checked.tasks(named: names)
        let scheduled = tasks.compactMap { task in task.schedule.map { (task, $0) } }
        if !names.isEmpty, let other = tasks.first(where: { $0.schedule == nil }) {
            throw ConfigError(
                .invalidValue, at: other.place, Message("the task \(other.name) has no schedule"),
                hint: Message("write one: schedule: every 15m, or \"30 3 * * *\" as in a crontab"))
        }
        guard !scheduled.isEmpty else {
            throw ConfigError(
                .unknownName, Message("no task of tasks.yaml has a schedule"),
                hint: Message("write one: schedule: every 15m, or \"30 3 * * *\" as in a crontab"))
        }
        return scheduled
    }
}
