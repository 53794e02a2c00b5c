import FleetBase
import FleetLedger
import FleetRuns
import FleetTerminal

/// What came of a question, as `--json` and people see it.
struct AskedAnswer {
    private let run: RunID
    let outcome: TaskOutcome
    /// Without the line break that the worker puts behind it.
    let text: String

    init(run: RunID, outcome: TaskOutcome) {
        self.run = run
        var outcome = outcome
        let said = outcome.results.flatMap { FileText.read($0 + "/stdout") } ?? ""
        text = said.hasSuffix("\n") ? String(said.dropLast()) : said
        if outcome.failure?.kind == .exit, let problem = outcome.metrics?["error"]?.string {
            outcome.failure = ModelProblem(rawValue: problem)?.failure(Self.reason(in: outcome)) ?? outcome.failure
        }
        self.outcome = outcome
    }

    /// The worker's own line: `error: CLASS: REASON`.
    private static func reason(in outcome: TaskOutcome) -> String {
        let lines = outcome.results.flatMap { FileText.read($0 + "/stderr") }?.split(separator: "\n") ?? []
        let line = lines.last { $0.hasPrefix("error: ") } ?? ""
        return line.split(separator: ": ", maxSplits: 2).dropFirst(2).first.map(String.init) ?? "–"
    }

    /// The answer was printed as it came, unless as JSON.
    func show(json: Bool, session: String?, _ console: Console) throws {
        if json { return try console.json(self.json(session, console)) }
        for note in outcome.notes { console.detail(Message("\(outcome.host): \(note)")) }
        if let failure = outcome.failure { return console.failures([(outcome.host, failure)]) }
        if outcome.metrics?["finish_reason"] == .string("MAX_TOKENS") {
            console.warning(Message("the answer was cut off at the model's limit"))
        }
        let (host, engine, time) = (outcome.host, outcome.engine ?? "–", outcome.duration?.shown ?? "–")
        console.detail(Message("answered from \(host) by the engine \(engine) in \(time)"))
    }

    private func json(_ session: String?, _ console: Console) -> JSONValue {
        .object([
            "run": .string(run.text), "host": .string(outcome.host.text), "engine": JSONValue(outcome.engine),
            "method": JSONValue(outcome.method?.rawValue), "state": .string(outcome.state.rawValue),
            "exit": JSONValue(outcome.exit), "session": JSONValue(session), "answer": .string(text),
            "seconds": JSONValue(outcome.duration?.seconds), "metrics": outcome.metrics ?? .object([:]),
            "failure": JSONValue(outcome.failure, console),
        ])
    }
}

/// Why a model has not answered: the classes of `packages/ask`.
enum ModelProblem: String {
    case key, quota, unavailable, blocked, malformed, network, request, usage
    case timeOut = "time-out"

    func failure(_ reason: String) -> Failure {
        Failure(self == .timeOut ? .timeOut : .exit, Message("\(title): \(reason)"), hint: hint)
    }

    private var title: Message {
        switch self {
        case .key: Message("the key was not accepted")
        case .quota: Message("the quota is used up")
        case .unavailable: Message("the model is not available")
        case .blocked: Message("the model refuses to answer")
        case .malformed: Message("the answer is not what the API documents")
        case .network: Message("the model can't be reached from the host")
        case .request: Message("the model's service refuses the request")
        case .usage: Message("the worker can't use what it was given")
        case .timeOut: Message("the model did not answer in time")
        }
    }

    private var hint: Message {
        switch self {
        case .key: Message("check GEMINI_API_KEY; keys come from https://aistudio.google.com/apikey")
        case .quota: Message("try again later, or choose another model with --model")
        case .unavailable: Message("try again later, or more often with --attempts")
        case .blocked: Message("ask in other words")
        case .malformed: Message("is --base-url the address of a Gemini API?")
        case .network: Message("look at --base-url, and at the host's network")
        case .request, .usage: Message("look at --model and --base-url")
        case .timeOut: Message("give it longer with --patience")
        }
    }
}
