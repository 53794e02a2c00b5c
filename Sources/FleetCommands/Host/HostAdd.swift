import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet host add NAME ADDRESS`: pins the host's key, logs in, looks around, and writes the host down.
struct HostAdd: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: Message("add a host: pin its key, log in, find out what it has, write it to the inventory"),
        discussion: Message(
            "On a terminal, fleet asks for what is left out: address, name, user, port. It tries the keys of the agent and the usual ones in ~/.ssh; --key names another. Where a host takes a password only, it offers to install a key there, as ssh-copy-id does. Without NAME the host is named after its address: worker-11 for 192.0.2.11. Nothing is written when the login fails."
        ),
        examples: [
            CommandExample(
                "fleet host add pc-leo 192.0.2.7 --user ana",
                Message("adds a host after its key was shown and accepted")),
            CommandExample(
                "fleet host add vps ana@vps.example.org:2222 --jump pc-leo",
                Message("adds a host that is reached through another one")),
            CommandExample(
                "fleet host add pi 192.0.2.9 --password-file secret.txt",
                Message("installs a key on a host that takes a password only")),
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
    @Flag(
        name: .long("install-key"),
        help: Message("install a key where the host takes a password only, without asking whether to"))
    var installKey
    @Option(
        name: .long("password-file"), valueName: "FILE",
        help: Message("the file with the password for that; its last line break does not count"), completion: .files)
    var passwordFile: String?
    @Option(
        name: .long("password-fd"), valueName: "N",
        help: Message("an open descriptor to read the password from, such as 0 for standard input"))
    var passwordDescriptor: Int?
    @Flag(
        name: .long("same-machine"),
        help: Message("go on where the inventory has the machine under another name already"))
    var sameMachine
    @Flag(name: .long("no-check"), help: Message("write the host down without connecting to it")) var noCheck
    @Argument(valueName: "NAME", help: Message("the host's name")) var name: String?
    @Argument(valueName: "ADDRESS", help: Message("a name or an IP address, also as user@address:port"))
    var address: String?

    func validate() throws(ArgumentError) {
        guard address == nil || givenAddress == nil else {
            throw ArgumentError(.invalid, Message("the address is given twice"))
        }
        guard passwordFile == nil || passwordDescriptor == nil else {
            throw ArgumentError(.invalid, Message("give either --password-file or --password-fd"))
        }
        do throws(ServiceError) {
            try HostAddOperation.check(slots: slots)
        } catch {
            throw ArgumentError(.invalidValue, error.message)
        }
        guard passwordDescriptor ?? 0 >= 0 else {
            throw ArgumentError(.invalidValue, Message("--password-fd: a descriptor is 0 or more"))
        }
        guard !approval.yes || approval.fingerprint != nil || passwordFile == nil && passwordDescriptor == nil else {
            throw ArgumentError(
                .invalid, Message("--yes with a password would give it to whatever host answers"),
                hint: Message("name the host's key: --fingerprint SHA256:…"))
        }
    }

    func run(_ context: CommandContext) async throws {
        // A password passes through this process: no core dump has it.
        Environment.dumpNoCore()
        // Before anything is opened here: a number that the caller has not opened is none of fleet's own files then.
        var given: GivenPassword?
        if let passwordDescriptor { given = try await GivenPassword.read(from: passwordDescriptor) }
        let console = context.console(global)
        var taken: [HostName] = []
        try await context.withService(global, console) { taken = try await $0.ask(HostNamesQuery()) }
        var host = NewHost(name: name, address: address ?? givenAddress, user: user, port: port, key: key)
        try host.check(taken: taken)
        guard let questions = questions(to: Terminal(console), about: host, taken, context) else {
            return try await add(host.draft(taken: taken), given, context, console)
        }
        host = try await answered(questions.complete(host))
        while true {
            do {
                return try await add(host.draft(taken: taken), given, context, console)
            } catch let failure as Failure where jump == nil && failure.kind.isSlipOfAddress {
                console.show(failure)
                host = try await answered(questions.correct(host))
            }
        }
    }

    /// - Returns: nil where nobody is asked: who wants no question has said all.
    private func questions(
        to terminal: Terminal, about host: NewHost, _ taken: [HostName], _ context: CommandContext
    ) -> NewHostQuestions? {
        guard terminal.isThere, host.isEmpty || !approval.yes else { return nil }
        return NewHostQuestions(
            terminal: terminal, taken: taken,
            localUser: context.variable("USER") ?? context.variable("LOGNAME") ?? "root")
    }

    private func answered(_ host: NewHost?) throws -> NewHost {
        guard let host else { throw Ended(code: .cancelled) }
        return host
    }

    private func add(
        _ host: HostDraft, _ given: GivenPassword?, _ context: CommandContext, _ console: Console
    ) async throws {
        var operation = HostAddOperation(complete(host, context), approval.approval)
        operation.isCalled = !noCheck
        operation.takesTwins = sameMachine
        operation.passwords = passwords(context)
        let questions = PersonalQuestions(console, yes: approval.yes, json: global.json)
        try await context.perform(
            operation, global, on: console, approver: questions.answer,
            passwords: { [given] login in
                guard let given else { return try await questions.password(of: login) }
                return try given.take()
            }
        ) { result, console in
            let name = result.draft.name
            console.note(
                noCheck
                    ? Message("added \(name); pin its key with: fleet host pin \(name)") : Message("added \(name)"))
            let view = HostAddView(result)
            if global.json { try console.json(view) } else if let line = view.line(console) { console.result(line) }
            return []
        }
    }

    /// With what options alone say.
    private func complete(_ host: HostDraft, _ context: CommandContext) -> HostDraft {
        var draft = host
        // In the file a relative path starts from the project.
        draft.key = key.map { $0.hasPrefix("~") ? $0 : context.absolute($0) }
        draft.jump = jump
        draft.tags = tags
        draft.groups = groups
        draft.slots = slots
        draft.root = root
        return draft
    }

    private func passwords(_ context: CommandContext) -> PasswordLogin {
        if let passwordFile { return .given(.file(context.absolute(passwordFile))) }
        return installKey || passwordDescriptor != nil ? .agreed : .ask
    }
}

extension FailureClass {
    /// Whether another address or port may be what was meant.
    fileprivate var isSlipOfAddress: Bool { [.unreachable, .refused, .brokenProtocol].contains(self) }
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
