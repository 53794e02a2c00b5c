import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetService

/// `fleet schedule push HOST`: has a host run tasks by itself while this machine is off.
struct SchedulePush: Command {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: Message("have a host run tasks by its own cron, also while this machine is off"),
        discussion: Message(
            "The host's own clock and time zone count. Results wait there: fleet runs collect brings them home. Secrets are never laid on a host, so a task with secrets can't be pushed."
        ),
        seeAlso: ["fleet runs collect", "fleet schedule list", "fleet schedule remove"])

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "HOST", help: Message("which host"), completion: .values("hosts")) var host: String
    @Argument(
        valueName: "NAME", help: Message("which tasks; all that have a schedule when left out"),
        completion: .values("tasks"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try HostSelector(hosts: [host], groups: []).select(from: session.inventory)
            let ledger = try await session.project.ledger()
            let scheduled = try session.scheduled(names).map { ($0.task, try Self.crontab(of: $0.task, $0.schedule)) }
            var laid: [(task: String, when: String, outcome: HostOutcome<[Message]>)] = []
            for (task, when) in scheduled {
                let planned = try await session.operation.planned(
                    TaskWords(names: [task.name]), run: RunID(at: .now), usual: [:]
                ).tasks
                for host in hosts {
                    let outcome = await session.fleet.schedule(task.name, planned, when: when, on: host, ledger: ledger)
                    laid.append((task.name, when, outcome))
                }
            }
            try show(laid, session)
        }
    }

    private func show(
        _ laid: [(task: String, when: String, outcome: HostOutcome<[Message]>)], _ session: Session
    ) throws {
        let console = session.console
        let good = laid.filter { $0.outcome.failure == nil }
        if global.json {
            let values = good.map { task, when, outcome in
                JSONValue.object([
                    "host": .string(outcome.host.text), "task": .string(task), "schedule": .string(when),
                ])
            }
            try console.json(["schedules": values])
        } else {
            for (task, when, outcome) in good {
                let host = outcome.host
                console.note(Message("\(host) runs \(task) by itself: \(when)"))
            }
        }
        for host in Set(laid.map(\.outcome.host)).sorted(by: { $0.text < $1.text }) {
            let notes = Set(laid.filter { $0.outcome.host == host }.flatMap { $0.outcome.value ?? [] })
            console.warnings(notes.map { (host, $0) })
        }
        session.report(laid.map(\.outcome))
        try session.end(laid.map(\.outcome.failure))
    }

    /// - Throws: when a host can't run the task alone.
    private static func crontab(of task: TaskDefinition, _ schedule: TaskSchedule) throws(ConfigError) -> String {
        let reason: Message? =
            if !task.secrets.isEmpty {
                Message("its secrets would lie on the host")
            } else if !task.after.isEmpty {
                Message("it comes after other tasks")
            } else if task.verify != nil {
                Message("its results are compared between hosts")
            } else if schedule.crontab == nil {
                Message("cron can't say \(schedule.text)")
            } else {
                nil
            }
        guard let reason else { return schedule.crontab ?? "" }
        throw ConfigError(
            .invalidValue, at: task.place, Message("\(task.name) can't be pushed: \(reason)"),
            hint: Message("run it from this machine: fleet schedule run"))
    }
}
