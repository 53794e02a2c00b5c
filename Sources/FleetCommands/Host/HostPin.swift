import FleetArguments
import FleetBase
import FleetConfig
import FleetSSH
import FleetTerminal

/// `fleet host pin NAME ...`: from now on these keys are the hosts'.
struct HostPin: Command {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: Message("write down the keys by which hosts are known"),
        seeAlso: ["fleet host add", "fleet ping"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @OptionGroup var approval: PinOptions
    @Flag(name: .long("replace"), help: Message("let the new key take the place of the pinned one")) var replace
    @Argument(valueName: "NAME", help: Message("which hosts"), completion: .values("hosts")) var names: [String]

    func validate() throws(ArgumentError) {
        guard names.isEmpty else {
            guard selector.all else { return }
            throw ArgumentError(.invalid, Message("--all goes without names"))
        }
        guard selector.selector == nil else { return }
        throw ArgumentError(
            .missingArgument, Message("which host?"), hint: Message("fleet host pin NAME, or all with --all"))
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try chosen(session)
            let console = session.console
            let pinning = HostKeyPinning(
                project: session.project, console: console, terminal: Terminal(console),
                transport: session.transport, newTransport: { context.transport(console) }, options: approval,
                replaces: replace)
            let inventory = session.inventory
            let jumps = try await pinning.pinWays(to: hosts.map(inventory.destination))
            try await remember(jumps.compactMap { jump in inventory[jump.host].map { ($0, jump.key) } }, session)
            if hosts.count == 1, names.count == 1 {
                let outcome = try await pinning.pin(inventory.destination(of: hosts[0]))
                try await remember([(hosts[0], outcome.key)], session)
                return global.json
                    ? try console.json(Self.json(outcome, hosts[0].name)) : tell(outcome, hosts[0].name, session)
            }
            try await pin(hosts, pinning, session)
        }
    }

    /// The hosts meant that have a key at all.
    private func chosen(_ session: Session) throws -> [Host] {
        let selected = selector.all ? .all : HostSelector(hosts: names + selector.hosts, groups: selector.groups)
        let hosts = try selected.select(from: session.inventory)
        for host in hosts where host.transport == .local {
            session.console.note(Message("\(host.name) is this machine and has no key"))
        }
        let remote = hosts.filter { $0.transport == .ssh }
        guard approval.fingerprint == nil || remote.count <= 1 else {
            throw ArgumentError(.invalid, Message("--fingerprint is for one host alone"))
        }
        return remote
    }

    private func pin(_ hosts: [Host], _ pinning: HostKeyPinning, _ session: Session) async throws {
        let inventory = session.inventory
        let fetched = await session.fleet.onEach(of: hosts) { host throws(Failure) in
            try await pinning.fetch(inventory.destination(of: host))
        }
        let outcomes = try await pinning.pin(fetched)
        try await remember(
            zip(hosts, outcomes).compactMap { host, outcome in outcome.value.map { (host, $0.key) } }, session)
        if global.json {
            try session.console.json(["hosts": outcomes.map { Self.json($0, session.console) }])
        } else {
            for outcome in outcomes { if let pinned = outcome.value { tell(pinned, outcome.host, session) } }
            session.report(outcomes)
        }
        try session.end(outcomes.map(\.failure))
    }

    private func remember(_ keys: [(host: Host, key: HostKey)], _ session: Session) async throws {
        let project = session.project
        try await HostsFileEditor.update(project, session.context, global) { editor throws(ConfigError) in
            for (host, _) in keys { try editor.nameKnownHosts(of: host.name, in: project) }
        }
        for (host, key) in keys {
            let fingerprint = key.fingerprint
            try await session.project.remember(host.name) { $0.hostKey = fingerprint }
        }
    }

    private func tell(_ outcome: HostKeyPinning.Outcome, _ name: HostName, _ session: Session) {
        let file = session.project.shown(session.project.knownHostsFile)
        session.console.note(
            outcome.isNew
                ? Message("pinned the key of \(name) in \(file)") : Message("\(name) is pinned already in \(file)"))
    }

    private static func json(_ outcome: HostKeyPinning.Outcome, _ name: HostName) -> JSONValue {
        .object([
            "host": .string(name.text), "algorithm": .string(outcome.key.algorithm),
            "fingerprint": .string(outcome.key.fingerprint), "pinned": .bool(outcome.isNew),
        ])
    }

    private static func json(_ outcome: HostOutcome<HostKeyPinning.Outcome>, _ console: Console) -> JSONValue {
        guard let pinned = outcome.value else {
            return .object([
                "host": .string(outcome.host.text), "pinned": .bool(false),
                "failure": JSONValue(outcome.failure, console),
            ])
        }
        return json(pinned, outcome.host)
    }
}

extension HostsFileEditor {
    /// Sees to it that the host's known_hosts names the project's file.
    mutating func nameKnownHosts(of host: HostName, in project: Project) throws(ConfigError) {
        let known = try inventory[host]?.knownHosts ?? []
        guard !known.contains(project.knownHostsFile) else { return }
        let all = known + [project.shown(project.knownHostsFile)]
        try set("known_hosts", of: host, to: all.count == 1 ? .text(all[0]) : .list(all))
    }
}

extension Project {
    /// Changes what state.json has of a host.
    func remember(_ host: HostName, _ change: @escaping @Sendable (inout HostState) -> Void) async throws {
        let store = stateStore
        try await ThreadExecutor.disk.run { () throws(ConfigError) in
            try store.update { state in
                var known = state[host] ?? HostState()
                change(&known)
                state[host] = known
            }
        }
    }
}
