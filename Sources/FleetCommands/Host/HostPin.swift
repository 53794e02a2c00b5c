import FleetArguments
import FleetBase
import FleetConfig
import FleetEngine
import FleetSSH

/// `fleet host pin NAME`: from now on this key is the host's.
struct HostPin: Command {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: Message("write down the key by which a host is known"),
        seeAlso: ["fleet host add", "fleet ping"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var approval: PinOptions
    @Flag(name: .long("replace"), help: Message("let the new key take the place of the pinned one")) var replace
    @Argument(valueName: "NAME", help: Message("which host"), completion: .values("hosts")) var name: String

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            guard let host = try HostSelector(hosts: [name]).select(from: session.inventory).first else { return }
            guard host.transport == .ssh else {
                return session.console.note(Message("\(host.name) is this machine and has no key"))
            }
            let pinning = HostKeyPinning(
                project: session.project, console: session.console, terminal: Terminal(session.console),
                transport: session.transport, options: approval, replaces: replace)
            let outcome = try await pinning.pin(session.inventory.destination(of: host))
            try await remember(outcome.key, of: host, session)
            try show(outcome, host, session)
        }
    }

    private func remember(_ key: HostKey, of host: Host, _ session: Session) async throws {
        var editor = try HostsFileEditor(session.project, session.context, global)
        if try editor.nameKnownHosts(of: host.name, in: session.project) { try editor.save() }
        let fingerprint = key.fingerprint
        try await session.project.remember(host.name) { $0.hostKey = fingerprint }
    }

    private func show(_ outcome: HostKeyPinning.Outcome, _ host: Host, _ session: Session) throws {
        let isNew = outcome != .present(outcome.key)
        if global.json {
            return try session.console.json(
                JSONValue.object([
                    "host": .string(host.name.text), "algorithm": .string(outcome.key.algorithm),
                    "fingerprint": .string(outcome.key.fingerprint), "pinned": .bool(isNew),
                ]))
        }
        let file = session.project.shown(session.project.knownHostsFile)
        session.console.note(
            isNew
                ? Message("pinned the key of \(host.name) in \(file)")
                : Message("\(host.name) is pinned already in \(file)"))
    }
}

extension HostsFileEditor {
    /// Sees to it that the host's known_hosts names the project's file.
    ///
    /// - Returns: whether the text had to be changed.
    mutating func nameKnownHosts(of host: HostName, in project: Project) throws(ConfigError) -> Bool {
        let known = try inventory[host]?.knownHosts ?? []
        guard !known.contains(project.knownHostsFile) else { return false }
        let all = known + [project.shown(project.knownHostsFile)]
        try set("known_hosts", of: host, to: all.count == 1 ? .text(all[0]) : .list(all))
        return true
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
