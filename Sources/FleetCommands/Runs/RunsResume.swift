import FleetArguments
import FleetBase
import FleetRuns
import FleetService

/// `fleet runs resume`: goes on with a run whose master was killed, or that was stopped.
struct RunsResume: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: Message("go on with a run: bring home what has ended, start what is missing"),
        discussion: Message(
            "Jobs that still run are followed, those that have ended are collected, and what is missing is started. A run that has ended can go on, too: what never ran is started then. A task that has failed by itself is not tried again."
        ),
        examples: [
            CommandExample("fleet runs resume", Message("goes on with the last run that did not end")),
            CommandExample(
                "fleet runs resume last --wait 10m", Message("waits up to ten minutes for a host that is away")),
        ],
        seeAlso: ["fleet runs show", "fleet runs reap"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @OptionGroup(title: Message("QUEUE")) var queue: QueueFlags
    @Argument(
        valueName: "ID",
        help: Message(
            "a run's name, the beginning of its name, or last; when left out, the last run that did not end, else the last run"
        ),
        completion: .values("runs"))
    var name: String?

    func run(_ context: CommandContext) async throws {
        let operation = ResumeOperation(name, on: selector.selector, queue.options)
        try await context.perform(operation, global) { try $0.show(json: global.json, $1) }
    }
}
