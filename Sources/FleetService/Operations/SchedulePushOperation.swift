package import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetRuns

/// Has a host run tasks by its own cron, while this machine is off.
package struct SchedulePushOperation: Operation {
    package static let name = "schedule push"

    package var host: String
    /// All that have a schedule when empty.
    package var tasks: [String]

    package init(_ tasks: [String], to host: String) { (self.tasks, self.host) = (tasks, host) }

    /// What came of one task.
    package struct Laid: Sendable {
        package let task: String
        /// As crontab(5) has it.
        package let when: String
        /// With notes for a person.
        package let outcome: HostOutcome<[Message]>
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try chosen(context)
        _ = try context.project.timedTasks(tasks, context.inventory)
    }

    private func chosen(_ context: OperationContext) throws(ConfigError) -> [Host] {
        try HostSelector(hosts: [host]).select(from: context.inventory)
    }

    package func perform(in context: OperationContext) async throws -> [Laid] {
        let hosts = try chosen(context)
        let ledger = try await context.ledger()
        let timed = try context.project.timedTasks(tasks, context.inventory).map { ($0.task.name, try $0.crontab) }
        var laid: [Laid] = []
        for (name, when) in timed {
            let planned = try await context.planned(TaskWords(names: [name]), run: RunID(at: .now), usual: [:]).tasks
            for host in hosts {
                let outcome = await context.fleet.schedule(name, planned, when: when, on: host, ledger: ledger)
                laid.append(Laid(task: name, when: when, outcome: outcome))
            }
        }
        return laid
    }
}

extension TimedTask {
    /// Its times as crontab(5) has them.
    fileprivate var crontab: String {
        get throws(ConfigError) {
            if reason == nil, let crontab = schedule.crontab { return crontab }
            let reason = reason ?? Message("cron can't say \(schedule.text)")
            throw ConfigError(
                .invalidValue, at: task.place, Message("\(task.name) can't be pushed: \(reason)"),
                hint: Message("run it from this machine: fleet schedule run"))
        }
    }

    /// Why a host can't run it alone.
    private var reason: Message? {
        if !task.secrets.isEmpty {
            Message("its secrets would lie on the host")
        } else if !task.after.isEmpty {
            Message("it comes after other tasks")
        } else if task.verify != nil {
            Message("its results are compared between hosts")
        } else {
            nil
        }
    }
}
