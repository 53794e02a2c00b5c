import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns

/// `fleet runs resume`: goes on with a run whose master was killed, or that was stopped.
struct RunsResume: Command {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: Message("go on with a run that was stopped, or whose fleet was killed"),
        discussion: Message(
            "Jobs that still run are followed, those that have ended are collected, and what is missing is started."),
        seeAlso: ["fleet runs show", "fleet runs reap"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @OptionGroup(title: Message("QUEUE")) var queue: QueueFlags
    @Argument(
        valueName: "ID",
        help: Message("a run's name, the beginning of it, or last; the last one that did not end when left out"),
        completion: .values("runs"))
    var name: String?

    /// Those that the run had, unless others are named; and those where something of it may still be.
    private func hosts(of run: Run, _ ledger: Ledger, _ session: Session) async throws -> [Host] {
        let all = session.inventory.hosts
        let open = Set(try await ledger.attempts(of: run.id).filter { !$0.state.isFinal }.map(\.host))
        var names = Set(try session.hosts(selector).map(\.name))
        if selector.selector == nil, !run.hosts.isEmpty { names = names.filter { run.hosts.contains($0.text) } }
        return all.filter { names.contains($0.name) || open.contains($0.name) }
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let (ledger, run) = try await session.project.unfinishedRun(named: name)
            let lock = try RunLock(run.id, in: session.project)
            let records = try await ledger.tasks(of: run.id)
            let packages = try await session.packages(Set(records.compactMap(QueuePlan.packageName(of:))))
            let plan = session.queuePlan(packages, usual: try await ledger.usualDurations())
            let tasks = try await ThreadExecutor.disk.run { try plan.tasks(records) }
            let slurm = SlurmOptions(of: run)
            let own = try await hosts(of: run, ledger, session)
            let hosts = try slurm?.host(in: session.inventory) ?? own
            let project = session.project
            if run.state != .done {
                try await ledger.reopen(run.id, unless: { RunLock.owner(of: $0, in: project) != nil })
            }
            session.console.note(Message("run \(run.id.text)"))
            var options = queue.options
            (options.isResumed, options.slurm) = (true, slurm)
            try await session.perform(tasks, of: run.id, on: hosts, ledger, options, json: global.json)
            withExtendedLifetime(lock) {}
        }
    }
}
