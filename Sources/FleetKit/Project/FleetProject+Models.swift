import FleetBase
import FleetConfig
import FleetService
import FleetViews

extension FleetProject {
    /// Language models, asked by the worker `packages/ask`.
    public var models: Models { Models(project: self) }

    /// What can be asked of a language model.
    public struct Models: Sendable {
        let project: FleetProject

        /// Asks from the host that is free, else from another one. Its answer comes as `output` events, too.
        ///
        /// - Parameters:
        ///   - key: where the model's key is; nil for a worker that needs none.
        ///   - parameters: of the package `ask` beside the question, as texts by name, such as `model`.
        /// - Returns: the answer; nil, with the reasons, when no host can ask.
        public func ask(
            _ question: String, key: SecretPlace?, parameters: [String: String] = [:], on hosts: Selection = .all,
            _ options: AskOptions = AskOptions()
        ) throws(FleetError) -> FleetOperation<HostReport<ModelReply?>> {
            var operation = AskOperation(
                question, parameters: parameters, key: key?.source, on: hosts.selector, command: "FleetKit: ask")
            (operation.engine, operation.method) = (options.engine, options.method?.own)
            (operation.conversation, operation.isNew) = (options.conversation, options.isNew)
            return try project.start(operation) { result in
                result.answer.map { AskView($0, session: options.conversation) }
            } failures: {
                $0.absent.problems()
            }
        }
    }
}

/// How a model is asked.
public struct AskOptions: Sendable, Hashable {
    /// An engine of the package `ask`: `go`, `python` or `java`; the first one that a host can run when nil.
    public var engine: String?
    /// The only way to run it; the best that a host has when nil.
    public var method: RunMethod?
    /// The name of the conversation that goes on, which is kept in `.fleet/sessions`; nil for none.
    public var conversation: String?
    /// Whether the conversation begins anew.
    public var isNew = false

    /// One question, as the package says.
    public init() {}
}

/// Where a secret is on this machine. It goes to the worker's standard input alone.
public enum SecretPlace: Sendable, Hashable {
    /// A variable of this program's environment.
    case environment(String)
    /// A file that holds the secret alone, from the project's folder on.
    case file(String)
    /// What a line for sh prints.
    case command(String)

    fileprivate var source: SecretSource {
        switch self {
        case .environment(let name): .environment(name)
        case .file(let path): .file(path)
        case .command(let line): .command(line)
        }
    }
}

/// What a model has answered.
public struct ModelReply: Codable, Sendable, Hashable {
    /// The name of the run.
    public let run: String
    /// The host that asked.
    public let host: String
    /// The engine of the package `ask` that ran.
    public let engine: String?
    /// How it ran.
    public let method: RunMethod?
    /// How it has ended.
    public let state: AttemptState
    /// The worker's exit status; nil when a signal ended it.
    public let exit: Int32?
    /// The conversation that the question belongs to; nil for none.
    public let session: String?
    /// The answer; empty when there is none.
    public let answer: String
    /// From the worker's start to its end.
    public let seconds: Double?
    /// What the worker counted, such as tokens: an object.
    public let metrics: JSON
    /// Why there is no answer; nil when there is one.
    public let failure: HostFailure?
}
