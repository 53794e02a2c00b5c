import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet host add NAME ADDRESS`: pins the host's key, logs in, looks around, and writes the host down.
struct HostAdd: Command {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: Message("add a host: pin its key, log in, find out what it has, write it to the inventory"),
        discussion: Message(
            "Without NAME the host is named after its address: worker-11 for 192.0.2.11. Without anything, fleet asks. Nothing is written when the login fails."
        ),
        examples: [
            CommandExample(
                "fleet host add pc-leo 192.0.2.7 --user ana",
                Message("adds a host after its key was shown and accepted")),
            CommandExample(
                "fleet host add vps ana@vps.example.org:2222 --jump pc-leo",
                Message("adds a host that is reached through another one")),
            CommandExample(
                "fleet host add pi 192.0.2.9 --tags arm,slow --slots 2",
                Message("gives the host two tags and room for two tasks")),
        ],
        seeAlso: ["fleet host pin", "fleet inventory import", "fleet ping"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var approval: PinOptions
    @Option(name: .long("address"), valueName: "ADDRESS", help: Message("the host's address, instead of the argument"))
    var givenAddress: String?
    @Option(name: .long("user"), valueName: "USER", help: Message("the user to log in as")) var user: String?
    @Option(name: .long("port"), valueName: "PORT", help: Message("the port of the host's sshd")) var port: Port?
    @Option(
        name: .long("key"), valueName: "FILE", help: Message("a private key, tried after the agent"), completion: .files
    )
    var key: String?
    @Option(
        name: .long("jump"), valueName: "HOST", help: Message("the host to go through"), completion: .values("hosts"))
    var jump: String?
    @Option(name: .long("tags"), valueName: "A,B", help: Message("words to select the host by")) var tags: [String]
    @Option(
        name: .long("group"), valueName: "GROUP", help: Message("a group that the host belongs to"),
        completion: .values("groups"))
    var groups: [String]
    @Option(name: .long("slots"), valueName: "N", help: Message("how many tasks the host runs at once")) var slots: Int?
    @Option(name: .long("root"), valueName: "DIR", help: Message("fleet's folder on the host")) var root: String?
    @Flag(name: .long("no-check"), help: Message("write the host down without connecting to it")) var noCheck
    @Argument(valueName: "NAME", help: Message("the host's name")) var name: String?
    @Argument(valueName: "ADDRESS", help: Message("a name or an IP address, also as user@address:port"))
    var address: String?

    func validate() throws(ArgumentError) {
        guard address == nil || givenAddress == nil else {
            throw ArgumentError(.invalid, Message("the address is given twice"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        var taken: [HostName] = []
        try await context.withService(global, console) { taken = try await $0.ask(HostNamesQuery()) }
        var operation = HostAddOperation(
            try await draft(context, asking: Terminal(console), taken: taken), approval.approval)
        operation.isCalled = !noCheck
        let questions = PersonalQuestions(console, json: global.json)
        try await context.perform(operation, global, on: console, approver: questions.answer) { result, console in
            let name = result.draft.name
            console.note(
                noCheck
                    ? Message("added \(name); pin its key with: fleet host pin \(name)") : Message("added \(name)"))
            let view = HostAddView(result)
            if global.json { try console.json(view) } else if let line = view.line(console) { console.result(line) }
            return []
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
}

extension HostAddView {
    /// One line: the host's name, system, processor, cores, memory, and what can run packages; nil when it was not called.
    fileprivate func line(_ console: Console) -> String? {
        guard let facts else { return nil }
        let memory: String? =
            if case .integer(let bytes) = facts["memory"] { ByteCount(bytes).description } else { nil }
        let parts: [String?] = [
            facts["os"]?.string, facts["arch"]?.string,
            facts["cores"].map { console.text(Message("\($0.shown) cores")) }, memory,
            methods.joined(separator: "/"),
        ]
        return "\(host)  " + parts.compactMap(\.self).joined(separator: ", ")
    }
}
