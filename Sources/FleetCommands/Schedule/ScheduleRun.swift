import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal

/// `fleet schedule run`: runs tasks at their times until it is stopped.
struct ScheduleRun: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message("run tasks at their times, until this command is stopped"),
        discussion: Message(
            "tasks.yaml is read again before each run. A task whose last run has not ended yet is left out that time."),
        examples: [
            CommandExample("fleet schedule run", Message("runs all tasks that have a schedule, until Ctrl-C")),
            CommandExample("fleet schedule run backup --hosts vps", Message("runs one of them, on one host")),
        ],
        seeAlso: ["fleet schedule install", "fleet schedule push", "fleet runs"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(
        valueName: "NAME", help: Message("which tasks; all that have a schedule when left out"),
        completion: .values("tasks"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        try await context.follow(global, console) { service, id in
            try service.start(Timetable.name, command: context.commandLine, id: id) { operation in
                let timetable = try Timetable(names, on: selector.selector, in: operation)
                for schedule in timetable.schedules {
                    let next = schedule.next?.localText ?? "–"
                    console.note(Message("\(schedule.task): \(schedule.when), next at \(next)"))
                }
                await timetable.run({ show($0, console) }, perform: { await perform($0, service, context, console) })
            }
        } show: {
        }
        throw Ended(code: .cancelled)
    }

    private func show(_ news: Timetable.News, _ console: Console) {
        switch news {
        case .starts(let task): console.note(Message("\(Timestamp.now.localText): \(task)"))
        case .leftOut(let task): console.warning(Message("\(task) still runs, and is left out this time"))
        case .unreadable(let problem): console.show(problem)
        }
    }

    private func perform(
        _ operation: TasksOperation, _ service: FleetService, _ context: CommandContext, _ console: Console
    ) async {
        do {
            try await context.perform(operation, by: service, global, console) { try $0.show(json: global.json, $1) }
        } catch {
            console.show(error)
        }
    }
}
