package import FleetBase
import FleetConfig

/// Asks what runs by itself from this machine, and when next.
package struct SchedulesQuery: Query {
    /// All when empty.
    package var tasks: [String]

    package init(_ tasks: [String] = []) { self.tasks = tasks }

    package func answer(by service: FleetService) async throws -> [OwnSchedule] {
        try service.project.timedTasks(tasks, service.currentInventory).map(OwnSchedule.init)
    }
}

/// A task with its times, and the next of them.
package struct OwnSchedule: Sendable {
    package let task: String
    /// As the file has it.
    package let when: String
    package let next: Timestamp?

    init(_ timed: TimedTask) {
        (task, when) = (timed.task.name, timed.schedule.text)
        next = timed.schedule.next(after: .now)
    }
}
