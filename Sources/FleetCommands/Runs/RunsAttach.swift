import FleetArguments
import FleetBase
import FleetLedger
import FleetService
import FleetTerminal
import FleetViews

/// `fleet runs attach`: watches a run that a fleet works on, and ends as it does.
struct RunsAttach: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: Message("watch a run while it goes on, and end with its status"),
        discussion: Message("Shows what the run's workers write. Ending this command does not end the run."),
        examples: [
            CommandExample("fleet runs attach", Message("watches the last run")),
            CommandExample("fleet runs attach 20261121-131021", Message("watches the run whose name begins so")),
        ],
        seeAlso: ["fleet logs -f", "fleet runs resume"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of its name, or last; last when left out"),
        completion: .values("runs"))
    var name: String?

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        try await context.withService(global, console) { service in
            let follower = try await RunFollower(name ?? "last", by: service)
            if !follower.isAbandoned { try await LogLines(follower, console, asideOnly: global.json).follow() }
            try end(with: try await follower.record(), console)
        }
    }

    private func end(with record: RunRecord, _ console: Console) throws {
        let run = record.run
        guard run.state != .running else {
            throw Failure(
                .lost, Message("no master works on the run \(run.id.text), and the run has not ended"),
                hint: Message("go on with it: fleet runs resume \(run.id.text)"))
        }
        if global.json { try console.json(RunRecordView(record)) } else { RunRecordReport(record).show(on: console) }
        guard run.state == .done else { throw Ended(code: run.state == .failed ? .someFailed : .cancelled) }
    }
}
