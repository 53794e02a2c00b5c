import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns

/// `fleet runs attach`: watches a run that a fleet works on, and ends as it does.
struct RunsAttach: Command {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: Message("watch a run at work, and end with its status"),
        discussion: Message("What its workers write is shown; ending this command leaves the run alone."),
        seeAlso: ["fleet logs -f", "fleet runs resume"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of it, or last; last when left out"),
        completion: .values("runs"))
    var name: String?

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let (ledger, run) = try await session.project.run(named: name ?? "last")
            let isOpen = run.state == .running && RunLock.owner(of: run.id, in: session.project) == nil
            let ended = isOpen ? run : try await LogFollower(session, ledger, run.id).perform()
            guard ended.state != .running else {
                session.console.error(
                    Message("no fleet works on the run \(run.id.text), and it has not ended"),
                    hint: Message("go on with it: fleet runs resume \(run.id.text)"))
                throw Ended(code: .someFailed)
            }
            try await show(ended, ledger, session)
            guard ended.state == .done else { throw Ended(code: ended.state == .failed ? .someFailed : .cancelled) }
        }
    }

    private func show(_ run: Run, _ ledger: Ledger, _ session: Session) async throws {
        let record = RunRecord(
            run: run, tasks: try await ledger.tasks(of: run.id), attempts: try await ledger.attempts(of: run.id))
        if global.json { return try session.console.json(record.json(session.console)) }
        record.show(on: session.console)
    }
}
