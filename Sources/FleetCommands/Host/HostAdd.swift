import FleetArguments
import FleetBase
import FleetConfig
import FleetHosts
import FleetSSH
import FleetTerminal

/// `fleet host add NAME ADDRESS`: pins the host's key, logs in, looks around, and writes the host down.
struct HostAdd: Command {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: Message("add a host: pin its key, log in, look around, write it down"),
        discussion: Message(
            "Without NAME the host is named after its address: worker-11 for 192.0.2.11. Without anything, fleet asks. Nothing is written when the login fails."
        ),
        seeAlso: ["fleet host pin", "fleet inventory import", "fleet ping"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var approval: PinOptions
    @Option(name: .long("address"), valueName: "ADDRESS", help: Message("its address, instead of the argument"))
    var givenAddress: String?
    @Option(name: .long("user"), valueName: "USER", help: Message("whom to log in as")) var user: String?
    @Option(name: .long("port"), valueName: "PORT", help: Message("the port of its sshd")) var port: Port?
    @Option(
        name: .long("key"), valueName: "FILE", help: Message("a private key, tried after the agent"), completion: .files
    )
    var key: String?
    @Option(
        name: .long("jump"), valueName: "HOST", help: Message("the host to go through"), completion: .values("hosts"))
    var jump: String?
    @Option(name: .long("tags"), valueName: "A,B", help: Message("words to select it by")) var tags: [String]
    @Option(
        name: .long("group"), valueName: "GROUP", help: Message("a group that it belongs to"),
        completion: .values("groups"))
    var groups: [String]
    @Option(name: .long("slots"), valueName: "N", help: Message("how many tasks it runs at once")) var slots: Int?
    @Option(name: .long("root"), valueName: "DIR", help: Message("fleet's folder on the host")) var root: String?
    @Flag(name: .long("no-check"), help: Message("write it down without calling it")) var noCheck
    @Argument(valueName: "NAME", help: Message("what to call it")) var name: String?
    @Argument(valueName: "ADDRESS", help: Message("a name or an IP address, also as user@address:port"))
    var address: String?

    func validate() throws(ArgumentError) {
        guard address == nil || givenAddress == nil else {
            throw ArgumentError(.invalid, Message("the address is given twice"))
        }
        guard slots.map(Host.slotRange.contains) ?? true else {
            throw ArgumentError(.invalid, Message("--slots must be 1 to \(Host.slotRange.upperBound)"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        var editor = try HostsFileEditor(project, context, global)
        let draft = try await draft(context, asking: Terminal(console), taken: try editor.inventory.hosts.map(\.name))
        try editor.add(draft)
        guard !noCheck else {
            try await HostsFileEditor.update(project, context, global) { editor throws(ConfigError) in
                try editor.add(draft)
            }
            console.note(Message("added \(draft.name); pin its key with: fleet host pin \(draft.name)"))
            return try show(draft, key: nil, facts: nil, console)
        }
        try editor.nameKnownHosts(of: draft.name, in: project)
        try await pinWay(to: draft.name, &editor, project, context)
        let visit = HostVisit(
            context: context, console: console, project: project, inventory: try editor.inventory, approval: approval)
        let (key, facts) = try await visit.look(at: draft.name)
        try await HostsFileEditor.update(project, context, global) { editor throws(ConfigError) in
            try editor.add(draft)
            try editor.nameKnownHosts(of: draft.name, in: project)
        }
        try await project.remember(draft.name) { known in
            known.seen = .now
            known.hostKey = key.fingerprint
            known.facts = facts.stable
            known.methods = facts.methods.map(\.rawValue)
        }
        console.note(Message("added \(draft.name)"))
        try show(draft, key: key, facts: facts, console)
    }

    /// The hosts to go through keep their pins whatever becomes of the new host.
    private func pinWay(
        to name: HostName, _ editor: inout HostsFileEditor, _ project: Project, _ context: CommandContext
    ) async throws {
        let (inventory, console) = (try editor.inventory, context.console(global))
        guard let host = inventory[name] else { preconditionFailure("the inventory was made with the host") }
        let transport = context.transport(console)
        let pinning = HostKeyPinning(
            project: project, console: console, terminal: Terminal(console), transport: transport,
            newTransport: { context.transport(console) }, options: approval)
        let jumps = try await pinning.pinWays(to: [inventory.destination(of: host)]).map(\.host)
        await transport.close()
        for jump in jumps { try editor.nameKnownHosts(of: jump, in: project) }
        try await HostsFileEditor.update(project, context, global) { editor throws(ConfigError) in
            for jump in jumps { try editor.nameKnownHosts(of: jump, in: project) }
        }
    }

    private func draft(
        _ context: CommandContext, asking terminal: Terminal, taken: [HostName]
    ) async throws -> HostDraft {
        let given = NewHost(name: name, address: address ?? givenAddress, user: user, port: port)
        guard let answers = given.isEmpty && terminal.isThere ? await NewHost(asking: terminal) : given else {
            throw Ended(code: .cancelled)
        }
        var draft = try answers.draft(taken: taken)
        // In the file a relative path starts from the project.
        draft.key = key.map { $0.hasPrefix("~") ? $0 : context.absolute($0) }
        draft.jump = jump
        draft.tags = tags
        draft.groups = groups
        draft.slots = slots
        draft.root = root
        return draft
    }

    private func show(_ draft: HostDraft, key: HostKey?, facts: Facts?, _ console: Console) throws {
        if let facts, !global.json { return console.result("\(draft.name)  \(facts.summary)") }
        guard global.json else { return }
        try console.json(
            JSONValue.object([
                "host": .string(draft.name.text), "address": .string(draft.address ?? draft.name.text),
                "user": JSONValue(draft.user), "port": JSONValue(draft.port.map { Int($0.number) }),
                "algorithm": JSONValue(key?.algorithm), "fingerprint": JSONValue(key?.fingerprint),
                "facts": facts.map { .object($0.json) } ?? .null,
                "methods": JSONValue(facts?.methods.map(\.rawValue) ?? []),
            ]))
    }
}

extension Facts {
    /// One line: system, processor, cores, memory, and what can run packages.
    var summary: String {
        let memory: String? =
            if case .integer(let bytes) = values["memory"] { ByteCount(bytes).description } else { nil }
        let cores = values["cores"].map { "\($0.shown) cores" }
        let parts: [String?] = [
            self["os"], self["arch"], cores, memory, methods.map(\.rawValue).joined(separator: "/"),
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
