import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns

/// `fleet runs pull`: brings home what has ended on the hosts, and starts nothing.
struct RunsPull: Command {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: Message("bring home the results of jobs that have ended, and start nothing"),
        seeAlso: ["fleet runs resume", "fleet runs attach"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of it, or last; last when left out"),
        completion: .values("runs"))
    var name: String?

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let (ledger, run) = try await session.project.run(named: name ?? "last")
            let lock = try RunLock(run.id, in: session.project)
            let tasks = try await ledger.tasks(of: run.id)
            let outcomes = try await session.fleet.pull(
                tasks, of: run.id, on: session.inventory.hosts, ledger: ledger)
            let attempts = try await ledger.attempts(of: run.id)
            let tried = Set(attempts.map(\.task))
            // What was never tried, or still runs, is for resume.
            if run.state == .running, attempts.allSatisfy(\.state.isFinal), tasks.allSatisfy({ tried.contains($0.id) })
            {
                let done = Set(attempts.filter { $0.state == .done }.map(\.task))
                try await ledger.finish(run.id, done.count == tasks.count ? .done : .failed)
            }
            withExtendedLifetime(lock) {}
            let pulled = outcomes.compactMap(\.value)
            let (ended, running) = (pulled.flatMap(\.ended), pulled.flatMap(\.running))
            if global.json {
                try session.console.json([
                    "run": JSONValue.string(run.id.text),
                    "pulled": .array(ended.compactMap(\.results).map(JSONValue.string)),
                    "running": .array(running.map(JSONValue.string)),
                ])
            } else {
                let (count, going) = (ended.filter { $0.results != nil }.count, running.count)
                session.console.note(Message("results that came home: \(count); jobs that still run: \(going)"))
            }
            session.console.failures(ended.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
            session.console.warnings(
                outcomes.flatMap { outcome in
                    (outcome.value?.notes ?? []).map { (outcome.host, $0) }
                })
            session.report(outcomes)
            try session.end(outcomes.map(\.failure))
        }
    }
}
