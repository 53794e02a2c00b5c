import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet runs show ID`: what each task of a run did.
struct RunsShow: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Message("show the tasks of a run and what came of each"),
        examples: [
            CommandExample("fleet runs show last", Message("shows the tasks of the last run")),
            CommandExample("fleet runs show 20261121-131021 --json", Message("prints those of another run as JSON")),
        ],
        seeAlso: ["fleet logs", "fleet runs"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of its name, or last"), completion: .values("runs"))
    var name: String

    func run(_ context: CommandContext) async throws {
        try await context.ask(RunQuery(name), global) { record, console in
            if global.json { return try console.json(RunRecordView(record)) }
            RunRecordReport(record).show(on: console)
        }
    }
}
