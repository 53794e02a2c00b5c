import FleetArguments
import FleetBase
import FleetConfig
import FleetPackage
import FleetLedger
import FleetRuns
import FleetTerminal
import Glibc

/// `fleet ask QUESTION`: a question to a language model, by the worker `packages/ask` on the host that is free.
struct Ask: Command {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: Message("ask a language model, from whichever host is free"),
        discussion: Message(
            "The key comes from the variable GEMINI_API_KEY, from --key-file or from --key-command, and goes to the worker's standard input alone. The answer is printed as it comes."
        ),
        seeAlso: ["fleet run ask --help", "fleet logs last"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @OptionGroup(title: Message("MODEL")) var model: ModelOptions
    @Option(
        name: .long("engine"), valueName: "NAME", help: Message("go, python or java; the first that a host can run"))
    var engine: String?
    @Option(name: .long("method"), valueName: "METHOD", help: Message("this way to run it alone"))
    var method: MethodName?
    @Option(
        name: .long("session"), valueName: "NAME",
        help: Message("go on with the conversation of this name, kept in .fleet/sessions"))
    var session: String?
    @Flag(name: .long("new"), help: Message("forget what the session holds, and begin it anew")) var isNew
    @Option(
        name: .long("simulate"), valueName: "TIME", help: Message("wait so long, such as 10s, instead of asking"))
    var simulate: Duration?
    @Argument(valueName: "QUESTION", help: Message("what to ask; - reads it from the standard input"))
    var words: [String]

    func validate() throws(ArgumentError) {
        guard !words.isEmpty else {
            throw ArgumentError(.invalid, Message("what is the question?"), hint: Message("fleet ask \"…\""))
        }
        guard !isNew || session != nil else {
            throw ArgumentError(.invalid, Message("--new goes with --session"))
        }
    }

    func run(_ context: CommandContext) async throws {
        // Nothing that is started from here inherits the key, /proc does not show it, and no core dump has it.
        Environment.forget(ModelOptions.keyName)
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        try await Session.run(context, global, tellsRuns: false) { session in
            let conversation = try self.session.map { name throws(ConfigError) in
                try Conversation(name, in: session.project)
            }
            if isNew { conversation?.forget() }
            try conversation?.check()
            let question = try question()
            var request = try await request(question, session)
            if let conversation, conversation.exists {
                request.inputs = [ArchivedFile(path: "conversation.json", file: conversation.file)]
            }
            let answer = try await AskedHosts(session, request, isLive: !global.json).answer(
                from: session.hosts(selector))
            if answer.outcome.failure == nil {
                try conversation?.add(question: question, answer: answer.text)
            }
            try answer.show(json: global.json, session: self.session, session.console)
            try session.end([answer.outcome.failure])
        }
    }

    private func question() throws -> String {
        let text =
            words == ["-"] ? String(decoding: StandardInput.readToEnd(), as: UTF8.self) : words.joined(separator: " ")
        // One argument of a program can be 128 KiB long (execve(2)).
        guard text.utf8.count < 120 << 10 else {
            throw ArgumentError(.invalid, Message("the question is too long: 120 KiB are possible"))
        }
        guard text.contains(where: { !$0.isWhitespace }), !text.utf8.contains(0) else {
            throw ArgumentError(.invalid, Message("what is the question?"), hint: Message("fleet ask \"…\""))
        }
        return text
    }

    private func request(_ question: String, _ session: Session) async throws -> RunRequest {
        let package = try await session.builder().build("ask", session.console)
        try package.requireEngine(engine)
        var parameters = model.parameters
        parameters["question"] = question
        // For the workers 0 is not to simulate.
        parameters["simulate"] = simulate.map { "\(max($0.seconds, 0.001))" }
        var request = RunRequest(package: package, parameters: try package.file.bind(parameters))
        request.engine = engine
        request.method = method?.method
        request.command = "fleet " + session.context.arguments.map { ShellWord($0) }.commandLine
        if simulate == nil { request.secrets = [ModelOptions.keyName: try await model.key(session)] }
        return request
    }
}
