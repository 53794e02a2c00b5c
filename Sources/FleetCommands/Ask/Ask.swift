import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews
import Glibc

/// `fleet ask QUESTION`: a question to a language model, by the worker `packages/ask` on the host that is free.
struct Ask: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: Message("ask a language model, from whichever host is free"),
        discussion: Message(
            "The key comes from the variable GEMINI_API_KEY, from --key-file or from --key-command, and goes to the worker's standard input alone. The answer is printed as it comes."
        ),
        examples: [
            CommandExample("fleet ask \"What is Docker Swarm?\"", Message("asks from the host that is free first")),
            CommandExample(
                "fleet ask --session study \"Shorter, please\"", Message("goes on with the conversation study")),
            CommandExample(
                "fleet ask --hosts vps - <question.txt", Message("asks what the file says, from the host vps")),
        ],
        seeAlso: ["fleet run ask --help", "fleet logs last"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @OptionGroup(title: Message("MODEL")) var model: ModelOptions
    @Option(
        name: .long("engine"), valueName: "NAME", help: Message("go, python or java; the first that a host can run"))
    var engine: String?
    @Option(name: .long("method"), valueName: "METHOD", help: Message("run it only in this way"))
    var method: MethodName?
    @Option(
        name: .long("session"), valueName: "NAME",
        help: Message("go on with the conversation of this name, kept in .fleet/sessions"))
    var session: String?
    @Flag(name: .long("new"), help: Message("begin the session anew, without what was said before")) var isNew
    @Option(
        name: .long("simulate"), valueName: "TIME",
        help: Message("wait this long, such as 10s, instead of asking a model"))
    var simulate: Duration?
    @Argument(valueName: "QUESTION", help: Message("what to ask; - reads it from the standard input"))
    var words: [String]

    func run(_ context: CommandContext) async throws {
        // Nothing that is started from here inherits the key, /proc does not show it, and no core dump has it.
        Environment.forget(ModelOptions.keyName)
        Environment.dumpNoCore()
        let console = context.console(global)
        let text = AnswerText(console)
        let output = global.json ? nil : OutputSink(isBehind: { console.isBehind }) { _ in { _ in text.take } }
        defer { text.end() }
        try await context.perform(
            try operation(context), global, on: console, output: output, tellsRuns: false
        ) { result, console in
            text.end()
            guard let answer = result.answer else { return try tellAbsence(result, console) }
            if global.json { try console.json(AskView(answer, session: session)) } else { show(answer, console) }
            return [answer.outcome.failure]
        }
    }

    private func operation(_ context: CommandContext) throws -> AskOperation {
        var parameters = model.parameters
        // For the workers 0 is not to simulate.
        parameters["simulate"] = simulate.map { "\(max($0.seconds, 0.001))" }
        var operation = AskOperation(
            question, parameters: parameters, key: simulate == nil ? try model.keySource(context) : nil,
            on: selector.selector, command: context.commandLine)
        operation.engine = engine
        operation.method = method?.method
        operation.conversation = session
        operation.isNew = isNew
        return operation
    }

    /// Every host was told by then; none of them can ask.
    private func tellAbsence(_ result: AskOperation.Result, _ console: Console) throws -> [Failure?] {
        guard !result.absent.isEmpty else { throw Ended(code: .cancelled) }
        if global.json, let failure = result.absent.lazy.compactMap(\.failure).first {
            try console.json(["error": JSONValue(failure, console)])
        }
        console.failures(of: result.absent)
        return result.absent.map(\.failure)
    }

    /// The answer was printed as it came.
    private func show(_ answer: ModelAnswer, _ console: Console) {
        let outcome = answer.outcome
        for note in outcome.notes { console.detail(Message("\(outcome.host): \(note)")) }
        if let failure = outcome.failure { return console.failures([(outcome.host, failure)]) }
        if answer.isCutOff { console.warning(Message("the answer was cut off at the model's limit")) }
        let (host, engine, time) = (outcome.host, outcome.engine ?? "–", outcome.duration?.shown ?? "–")
        console.detail(Message("answered from \(host) by the engine \(engine) in \(time)"))
    }

    private var question: String {
        words == ["-"] ? String(decoding: StandardInput.readToEnd(), as: UTF8.self) : words.joined(separator: " ")
    }
}
