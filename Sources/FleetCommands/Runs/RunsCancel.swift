import FleetArguments
import FleetBase
import FleetLedger
import FleetService
import FleetTerminal
import FleetViews

/// `fleet runs cancel`: stops a run, whether a fleet is at work on it or not.
struct RunsCancel: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: Message("stop a run and end its jobs on the hosts"),
        discussion: Message("The results so far stay; fleet runs resume goes on with the rest."),
        examples: [
            CommandExample("fleet runs cancel last", Message("stops the last run")),
            CommandExample("fleet runs cancel 20261121-131021", Message("stops the run whose name begins so")),
        ],
        seeAlso: ["fleet runs resume", "fleet runs stop"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of its name, or last"), completion: .values("runs"))
    var name: String

    func run(_ context: CommandContext) async throws {
        try await context.perform(CancelRunOperation(name), global) { result, console in
            if global.json { try console.json(CancelledRunView(result)) } else { show(result, console) }
            let failures = result.outcomes.flatMap(\.failures)
            console.failures(failures)
            return failures.map(\.failure)
        }
    }

    private func show(_ result: CancelRunOperation.Result, _ console: Console) {
        console.note(
            result.hadEnded
                ? Message("run \(result.run.text) has ended already")
                : Message("run \(result.run.text) is stopped; jobs that were ended: \(result.ended)"))
    }
}
