import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
import FleetTerminal

/// `fleet schedule list`: what runs by itself, here and on hosts.
struct ScheduleList: Command {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Message("show what runs by itself: here, and on the hosts that are named"),
        discussion: Message("With --hosts, --group or --all what lies on hosts, and how many results wait there."),
        seeAlso: ["fleet schedule run", "fleet runs collect"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            guard selector.selector != nil else { return try showOwn(session) }
            let outcomes = await session.fleet.schedules(on: try session.hosts(selector))
            try show(outcomes, session.console)
            session.report(outcomes)
            try session.end(outcomes.map(\.failure))
        }
    }

    private func showOwn(_ session: Session) throws {
        let console = session.console
        let rows = try session.scheduled([]).map { task, schedule in
            (name: task.name, when: schedule.text, next: schedule.next(after: .now))
        }
        if global.json {
            let values = rows.map { row in
                JSONValue.object([
                    "task": .string(row.name), "schedule": .string(row.when),
                    "next": JSONValue(row.next?.description),
                ])
            }
            return try console.json(["schedules": values])
        }
        var table = Table([(Message("TASK"), .left), (Message("SCHEDULE"), .left), (Message("NEXT"), .left)])
        for row in rows { table.add([.init(row.name), .init(row.when), .init(row.next?.localText ?? "–")]) }
        console.table(table)
    }

    private func show(_ outcomes: [HostOutcome<[HostSchedule]>], _ console: Console) throws {
        let rows = outcomes.flatMap { outcome in (outcome.value ?? []).map { (host: outcome.host, schedule: $0) } }
        if global.json {
            let values = rows.map { host, schedule in
                JSONValue.object([
                    "host": .string(host.text), "task": .string(schedule.name), "schedule": .string(schedule.when),
                    "tasks": JSONValue(schedule.taskCount), "installed": .bool(schedule.isInstalled),
                    "waiting": JSONValue(schedule.waiting),
                ])
            }
            return try console.json(["schedules": values])
        }
        guard !rows.isEmpty else {
            return console.tellNothing(Message("nothing of this project is scheduled there"), of: outcomes)
        }
        var table = Table([
            (Message("HOST"), .left), (Message("TASK"), .left), (Message("SCHEDULE"), .left),
            (Message("RESULTS"), .right), (Message("STATE"), .left),
        ])
        for (host, schedule) in rows {
            let state =
                !schedule.isInstalled
                ? Message("cron does not know it: push it again")
                : schedule.isFull ? Message("starts nothing more until fleet runs collect") : Message("installed")
            table.add([
                .init(host.text, .cyan), .init(schedule.name), .init(schedule.when), .init("\(schedule.waiting)"),
                .init(console.text(state), schedule.isInstalled && !schedule.isFull ? .green : .yellow),
            ])
        }
        console.table(table)
    }
}
