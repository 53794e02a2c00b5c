import FleetArguments
import FleetBase
import FleetConfig
import FleetEngine
import FleetLedger

/// `fleet runs reap`: finds what earlier masters have left on hosts, and removes what nobody needs.
struct RunsReap: Command {
    static let configuration = CommandConfiguration(
        commandName: "reap", abstract: Message("remove what earlier runs have left on the hosts"),
        discussion: Message(
            "Keeps what a run still needs: jobs of a fleet at work, and those that fleet runs resume would take up. --foreign removes jobs of other masters, too."
        ),
        seeAlso: ["fleet runs resume", "fleet runs stop"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("foreign"), help: Message("also jobs that another master has started")) var foreign
    @Flag(name: .long("dry-run"), help: Message("show what would be removed, and remove nothing")) var dryRun

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try session.hosts(selector)
            let outcomes = await session.fleet.jobs(on: hosts)
            let ledger = try await session.project.openLedger()
            var rows: [JobRow] = []
            for outcome in outcomes {
                for job in outcome.value ?? [] {
                    let fate = try await fate(of: job, ledger, session.project)
                    rows.append(JobRow(host: outcome.host, job: job, fate: fate))
                }
            }
            let doomed = Dictionary(grouping: rows.filter { $0.fate == .removed }, by: \.host)
            var removal: [HostOutcome<[String]>] = []
            if !dryRun { removal = await session.fleet.discard(doomed.mapValues { $0.map(\.job.id) }, on: hosts) }
            try JobRow.show(rows, dryRun: dryRun, json: global.json, session.console)
            session.report(outcomes)
            session.report(removal)
            try session.end(outcomes.map(\.failure) + removal.compactMap(\.failure))
        }
    }

    private func fate(of job: RemoteJob, _ ledger: Ledger?, _ project: Project) async throws -> JobRow.Fate {
        guard let name = JobName(job.id) else { return foreign ? .removed : .foreign }
        if RunLock.owner(of: name.run, in: project) != nil { return .inUse }
        guard let ledger, let attempt = try await ledger.attempts(of: name.run).first(where: { $0.id == job.id }) else {
            return foreign ? .removed : .foreign
        }
        let hasResult = try await ledger.attempts(of: name.run).contains {
            $0.task == attempt.task && $0.state == .done
        }
        let canResume = try await ledger.tasks(of: name.run).first { $0.id == attempt.task }?.spec != nil
        return attempt.state.isFinal || hasResult || !canResume ? .removed : .resumable
    }
}

/// `fleet runs stop`: ends every job on hosts, whoever started it.
struct RunsStop: Command {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: Message("end every job of fleet on hosts, and remove what it left"),
        discussion: Message("What has ended and was not brought home is lost, too. Asks for hosts, or --all."),
        seeAlso: ["fleet runs reap"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("dry-run"), help: Message("show what would be removed, and remove nothing")) var dryRun

    func validate() throws(ArgumentError) {
        guard selector.selector != nil else {
            throw ArgumentError(.invalid, Message("which hosts?"), hint: Message("--hosts A,B, --group NAME or --all"))
        }
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try session.hosts(selector)
            let outcomes = await session.fleet.jobs(on: hosts)
            let rows = outcomes.flatMap { outcome in
                (outcome.value ?? []).map { JobRow(host: outcome.host, job: $0, fate: .removed) }
            }
            var removal: [HostOutcome<[String]>] = []
            if !dryRun {
                let jobs = Dictionary(grouping: rows, by: \.host).mapValues { $0.map(\.job.id) }
                removal = await session.fleet.discard(jobs, on: hosts)
            }
            try JobRow.show(rows, dryRun: dryRun, json: global.json, session.console)
            session.report(outcomes)
            session.report(removal)
            try session.end(outcomes.map(\.failure) + removal.compactMap(\.failure))
        }
    }
}

/// A job on a host, and what becomes of it.
struct JobRow {
    enum Fate: String {
        case removed
        /// A fleet of this project works on its run.
        case inUse = "in-use"
        /// Its run can be resumed.
        case resumable
        /// This project's ledger knows nothing of it.
        case foreign
    }

    let host: HostName
    let job: RemoteJob
    let fate: Fate

    static func show(_ rows: [JobRow], dryRun: Bool, json: Bool, _ console: Console) throws {
        if json {
            return try console.json([
                "jobs": rows.map { row in
                    JSONValue.object([
                        "host": .string(row.host.text), "job": .string(row.job.id),
                        "state": .string(row.job.state.rawValue), "fate": .string(row.fate.rawValue),
                        "idle_seconds": JSONValue(row.job.age.seconds),
                        "removed": .bool(row.fate == .removed && !dryRun),
                    ])
                }
            ])
        }
        guard !rows.isEmpty else { return console.note(Message("there is nothing left on the hosts")) }
        var table = Table([(Message("HOST"), .left), (Message("JOB"), .left), (Message("STATE"), .left), ("", .left)])
        for row in rows {
            table.add([
                .init(row.host.text), .init(row.job.id), .init(console.text(row.job.state.words)),
                .init(console.text(row.fate.words(dryRun))),
            ])
        }
        console.table(table)
    }
}

extension RemoteJob.State {
    fileprivate var words: Message {
        switch self {
        case .running: Message("running")
        case .ended: Message("ended")
        case .dead: Message("dead")
        }
    }
}

extension JobRow.Fate {
    fileprivate func words(_ dryRun: Bool) -> Message {
        switch self {
        case .removed: dryRun ? Message("would be removed") : Message("removed")
        case .inUse: Message("kept: a fleet is at work on its run")
        case .resumable: Message("kept: fleet runs resume takes it up")
        case .foreign: Message("kept: another master's; --foreign removes it")
        }
    }
}
