import FleetArguments
import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetTerminal

/// `fleet host prepare NAME… --docker`: installs on hosts what fleet can use there.
struct HostPrepare: Command {
    static let configuration = CommandConfiguration(
        commandName: "prepare", abstract: Message("install on hosts what fleet can use there"),
        discussion: Message(
            "With the host's own package manager (apt, dnf, zypper, apk or pacman), as root or through sudo without a password. Each host's commands are shown first; what a host has already is left as it is."
        ),
        seeAlso: ["fleet inventory check", "fleet host add"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("docker"), help: Message("the engine docker, for the user who logs in")) var docker
    @Flag(name: .long("podman"), help: Message("the engine podman")) var podman
    @Flag(name: .long("python"), help: Message("Python 3 with venv")) var python
    @Flag(name: .long("zstd"), help: Message("zstd, with which less is sent")) var zstd
    @Flag(name: .long("dry-run"), help: Message("show the commands, and change nothing")) var dryRun
    @Flag(name: .short("y"), .long("yes"), help: Message("without asking")) var yes
    @Argument(valueName: "NAME", help: Message("which hosts"), completion: .values("hosts")) var names: [String]

    private var supplies: [Supply] {
        [(docker, Supply.docker), (podman, .podman), (python, .python), (zstd, .zstd)].filter(\.0).map(\.1)
    }

    func validate() throws(ArgumentError) {
        guard !supplies.isEmpty else {
            throw ArgumentError(
                .missingArgument, Message("what shall the hosts have?"),
                hint: Message("--docker, --podman, --python or --zstd"))
        }
        guard names.isEmpty || !selector.all else {
            throw ArgumentError(.invalid, Message("--all goes without names"))
        }
        guard !names.isEmpty || selector.selector != nil else {
            throw ArgumentError(
                .missingArgument, Message("which host?"), hint: Message("fleet host prepare NAME, or all with --all"))
        }
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let selected =
                selector.all ? HostSelector.all : HostSelector(hosts: names + selector.hosts, groups: selector.groups)
            let hosts = try selected.select(from: session.inventory)
            var report = PrepareReport(await plan(hosts, session))
            if !global.json { report.showPlans(on: session.console) }
            let pending = hosts.filter { report.plans[$0.name]?.lines.isEmpty == false }
            if !dryRun, !pending.isEmpty {
                try await approve(pending.count, session.console)
                report.results = await prepare(pending, by: report.plans, session)
            }
            if global.json {
                try session.console.json(report.json(session.console))
            } else {
                report.showResults(on: session.console)
            }
            try session.end(report.failures)
        }
    }

    private func plan(_ hosts: [Host], _ session: Session) async -> [HostOutcome<PreparePlan>] {
        await session.fleet.planPreparing(hosts, with: supplies)
    }

    private func prepare(
        _ hosts: [Host], by plans: [HostName: PreparePlan], _ session: Session
    ) async -> [HostOutcome<Facts>] {
        let fleet = session.fleet
        fleet.events.tell(.hostsChosen(Event.HostNames(hosts.map(\.name))))
        let outcomes = await fleet.onEach(of: hosts) { host throws(Failure) in
            guard let plan = plans[host.name] else { preconditionFailure("only hosts with a plan are prepared") }
            return try await fleet.prepare(host, by: plan)
        }
        await session.remember(outcomes)
        return outcomes
    }

    private func approve(_ count: Int, _ console: Console) async throws {
        guard !yes else { return }
        let terminal = Terminal(console)
        guard terminal.isThere else {
            throw ArgumentError(.invalid, Message("nobody is there to ask"), hint: Message("give --yes"))
        }
        guard await terminal.confirm(Message("Run these commands on \(count) hosts?")) else {
            console.note(Message("nothing was changed"))
            throw Ended(code: .cancelled)
        }
    }
}
