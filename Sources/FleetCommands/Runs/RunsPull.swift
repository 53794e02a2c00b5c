import FleetArguments
import FleetBase
import FleetRuns
import FleetService
import FleetTerminal
import FleetViews

/// `fleet runs pull`: brings home what has ended on the hosts, and starts nothing.
struct RunsPull: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: Message("bring home the results of jobs that have ended, without starting any"),
        examples: [
            CommandExample("fleet runs pull", Message("brings home what the last run has done by now")),
            CommandExample("fleet runs pull 20261121-131021", Message("does it for the run whose name begins so")),
        ],
        seeAlso: ["fleet runs resume", "fleet runs attach"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of its name, or last; last when left out"),
        completion: .values("runs"))
    var name: String?

    func run(_ context: CommandContext) async throws {
        try await context.perform(PullOperation(name ?? "last"), global) { result, console in
            if global.json { try console.json(PulledView(result)) } else { show(result, console) }
            console.failures(result.ended.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
            console.warnings(
                result.outcomes.flatMap { outcome in (outcome.value?.notes ?? []).map { (outcome.host, $0) } })
            console.failures(of: result.outcomes)
            return result.outcomes.map(\.failure)
        }
    }

    private func show(_ result: PullOperation.Result, _ console: Console) {
        let (count, going) = (result.ended.count { $0.results != nil }, result.running.count)
        console.note(Message("results that came home: \(count); jobs that still run: \(going)"))
    }
}
