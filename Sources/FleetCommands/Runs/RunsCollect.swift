import FleetArguments
import FleetBase
import FleetConfig

/// `fleet runs collect`: brings home what hosts have done by themselves.
struct RunsCollect: Command {
    static let configuration = CommandConfiguration(
        commandName: "collect", abstract: Message("bring home what hosts have done by their own schedules"),
        discussion: Message("Each time that a host has run a task becomes a run of its own in fleet runs."),
        seeAlso: ["fleet schedule push", "fleet runs"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let outcomes = await session.fleet.collectSchedules(
                on: try session.hosts(selector), ledger: try await session.project.ledger())
            let collected = outcomes.compactMap(\.value).flatMap(\.self)
            if global.json {
                let values = collected.map { outcome in
                    JSONValue.object([
                        "host": .string(outcome.host.text), "state": .string(outcome.state.rawValue),
                        "results": JSONValue(outcome.results), "failure": JSONValue(outcome.failure, session.console),
                    ])
                }
                try session.console.json(["collected": values])
            } else {
                session.console.note(Message("results that came home: \(collected.count)"))
            }
            session.console.failures(collected.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
            session.report(outcomes)
            try session.end(outcomes.map(\.failure))
        }
    }
}
