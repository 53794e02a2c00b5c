import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
import FleetService
import Glibc

/// `fleet runs cancel`: stops a run, whether a fleet is at work on it or not.
struct RunsCancel: Command {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: Message("stop a run and end its jobs on the hosts"),
        discussion: Message("What is done stays done; fleet runs resume goes on with the rest."),
        seeAlso: ["fleet runs resume", "fleet runs stop"])

    /// A fleet that is asked to stop ends its jobs first.
    private static let stopping = Duration.seconds(60)

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "ID", help: Message("a run's name, the beginning of it, or last"), completion: .values("runs"))
    var name: String

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let (ledger, run) = try await session.project.run(named: name)
            try await stopOwner(of: run.id, session)
            let lock = try RunLock(run.id, in: session.project)
            let attempts = try await ledger.attempts(of: run.id)
            let open = attempts.filter { !$0.state.isFinal }
            let outcomes = try await end(run, attempts, session)
            let removed = outcomes.reduce(into: Set<String>()) { $0.formUnion($1.value?.removed ?? []) }
            let ended = open.filter { removed.contains($0.id) }
            for attempt in ended { try await ledger.record(attempt.cancelled()) }
            if run.state == .running { try await ledger.finish(run.id, .cancelled) }
            withExtendedLifetime(lock) {}
            if global.json {
                try session.console.json(["run": JSONValue.string(run.id.text), "ended": JSONValue(ended.count)])
            } else {
                let hadEnded = run.state != .running && open.isEmpty
                session.console.note(
                    hadEnded
                        ? Message("run \(run.id.text) has ended already")
                        : Message("run \(run.id.text) is stopped; jobs that were ended: \(ended.count)"))
            }
            let failures = outcomes.flatMap(\.failures)
            session.console.failures(failures)
            try session.end(failures.map(\.failure))
        }
    }

    private func end(_ run: Run, _ attempts: [Attempt], _ session: Session) async throws -> [HostOutcome<DiscardedJobs>]
    {
        if let slurm = SlurmOptions(of: run) {
            return await session.fleet.endSlurm(run.id, attempts, on: try slurm.host(in: session.inventory))
        }
        let jobs = Dictionary(grouping: attempts.filter { !$0.state.isFinal }, by: \.host).mapValues { $0.map(\.id) }
        return await session.fleet.discard(jobs, on: session.inventory.hosts)
    }

    private func stopOwner(of run: RunID, _ session: Session) async throws {
        guard let owner = RunLock.owner(of: run, in: session.project) else { return }
        kill(owner, SIGINT)
        let deadline = Deadline.after(Self.stopping)
        while RunLock.owner(of: run, in: session.project) != nil, !deadline.hasPassed {
            // A lock announces nothing.
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
