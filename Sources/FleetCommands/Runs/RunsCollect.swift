import FleetArguments
import FleetBase
import FleetRuns
import FleetService
import FleetViews

/// `fleet runs collect`: brings home what hosts have done by themselves.
struct RunsCollect: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect", abstract: Message("bring home the results of schedules on hosts"),
        discussion: Message("Each time a host has run a task is a run of its own in fleet runs."),
        examples: [
            CommandExample("fleet runs collect", Message("brings the results of all hosts home")),
            CommandExample("fleet runs collect --hosts vps", Message("brings those of one host home")),
        ],
        seeAlso: ["fleet schedule push", "fleet runs"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await context.perform(CollectOperation(from: selector.selector), global) { outcomes, console in
            let collected = outcomes.compactMap(\.value).flatMap(\.self)
            if global.json {
                try console.json(CollectedView(outcomes))
            } else {
                console.note(Message("results that came home: \(collected.count)"))
            }
            console.failures(collected.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
            console.failures(of: outcomes)
            return outcomes.map(\.failure)
        }
    }
}
