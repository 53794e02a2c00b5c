import FleetArguments
import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns

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
            let fates = JobFates(try await session.project.openLedger(), session.project, foreign: foreign)
            var rows: [JobRow] = []
            for outcome in outcomes {
                for job in outcome.value ?? [] {
                    rows.append(JobRow(host: outcome.host, job: job, fate: try await fates.fate(of: job)))
                }
            }
            try await rows.remove(on: hosts, seen: outcomes, session, dryRun: dryRun, json: global.json)
        }
    }
}

/// Decides which jobs somebody still needs; reads each run once.
private actor JobFates {
    private struct Known {
        let tasks: [LedgerTask]
        let attempts: [Attempt]
    }

    private let ledger: Ledger?
    private let project: Project
    /// Whether other masters' jobs go, too.
    private let foreign: Bool
    private var known: [RunID: Known] = [:]

    init(_ ledger: Ledger?, _ project: Project, foreign: Bool) {
        (self.ledger, self.project, self.foreign) = (ledger, project, foreign)
    }

    func fate(of job: RemoteJob) async throws -> JobRow.Fate {
        let stranger: JobRow.Fate = foreign ? .removed : .foreign
        guard let name = JobName(job.id) else { return stranger }
        if RunLock.owner(of: name.run, in: project) != nil { return .inUse }
        guard let known = try await known(of: name.run), let attempt = known.attempts.first(where: { $0.id == job.id })
        else { return stranger }
        let hasResult = known.attempts.contains { $0.task == attempt.task && $0.state == .done }
        let canResume = known.tasks.first { $0.id == attempt.task }?.spec != nil
        return attempt.state.isFinal || hasResult || !canResume ? .removed : .resumable
    }

    private func known(of run: RunID) async throws -> Known? {
        if let known = known[run] { return known }
        guard let ledger else { return nil }
        let found = Known(tasks: try await ledger.tasks(of: run), attempts: try await ledger.attempts(of: run))
        known[run] = found
        return found
    }
}
