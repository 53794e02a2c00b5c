import FleetArguments
import FleetBase
import FleetRuns
import FleetService
import FleetTerminal
import FleetViews

/// `fleet schedule list`: what runs by itself, here and on hosts.
struct ScheduleList: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Message("show the schedules of this machine, and of the hosts that are named"),
        discussion: Message(
            "With --hosts, --group or --all: the schedules that were pushed to these hosts, and how many results wait there."
        ),
        examples: [
            CommandExample("fleet schedule", Message("shows when each task of this machine is next")),
            CommandExample("fleet schedule list --all", Message("shows what the hosts do by themselves")),
        ],
        seeAlso: ["fleet schedule run", "fleet runs collect"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        guard let hosts = selector.selector else {
            return try await context.ask(SchedulesQuery(), global) { schedules, console in
                if global.json { try console.json(SchedulesView(schedules)) } else { show(schedules, console) }
            }
        }
        try await context.perform(HostSchedulesOperation(on: hosts), global) { outcomes, console in
            if global.json { try console.json(HostSchedulesView(outcomes)) } else { show(outcomes, console) }
            console.failures(of: outcomes)
            return outcomes.map(\.failure)
        }
    }

    private func show(_ schedules: [OwnSchedule], _ console: Console) {
        var table = Table([(Message("TASK"), .left), (Message("SCHEDULE"), .left), (Message("NEXT"), .left)])
        for schedule in schedules {
            table.add([.init(schedule.task), .init(schedule.when), .init(schedule.next?.localText ?? "–")])
        }
        console.table(table)
    }

    private func show(_ outcomes: [HostOutcome<[HostSchedule]>], _ console: Console) {
        let rows = outcomes.flatMap { outcome in (outcome.value ?? []).map { (host: outcome.host, schedule: $0) } }
        guard !rows.isEmpty else {
            return console.tellNothing(Message("nothing of this project is scheduled there"), of: outcomes)
        }
        var table = Table(
            [
                (Message("HOST"), .left), (Message("TASK"), .left), (Message("SCHEDULE"), .left),
                (Message("RESULTS"), .right), (Message("STATE"), .left),
            ], thrift: Table.Thrift(cutting: [4], dropping: [3]))
        for (host, schedule) in rows {
            let state =
                !schedule.isInstalled
                ? Message("cron does not know it: push it again")
                : schedule.isFull ? Message("starts nothing more before fleet runs collect") : Message("installed")
            table.add([
                .init(host.text, .cyan), .init(schedule.name), .init(schedule.when), .init("\(schedule.waiting)"),
                .init(console.text(state), schedule.isInstalled && !schedule.isFull ? .green : .yellow),
            ])
        }
        console.table(table)
    }
}
