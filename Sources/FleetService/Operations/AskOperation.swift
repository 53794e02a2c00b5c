package import FleetBase
package import FleetConfig
import FleetEvents
package import FleetHosts
import FleetLedger
import FleetPackage
import FleetRuns

/// Asks a language model by the worker `packages/ask`, from the host that is free, else from another one.
package struct AskOperation: Operation {
    package static let name = "ask"
    private static let package = "ask"
    private static let secret = "GEMINI_API_KEY"

    package var question: String
    /// The package's parameters beside the question, as texts, by name.
    package var parameters: [String: String]
    /// Where the key is; nil for a worker that needs none.
    package var key: SecretSource?
    /// The key itself, from somebody who keeps it nowhere else; it is no part of the operation's written form.
    package var givenKey: Secret?
    package var hosts: HostSelector?
    /// Nil takes the first one that a host can run.
    package var engine: String?
    package var method: FleetConfig.Method?
    /// Which conversation goes on, kept in `.fleet/sessions`.
    package var conversation: String?
    /// Whether the conversation begins anew.
    package var isNew = false
    /// As it was typed, for the ledger.
    package var command: String

    private enum CodingKeys: String, CodingKey {
        case question, parameters, key, hosts, engine, method, conversation, isNew, command
    }

    package init(
        _ question: String, parameters: [String: String] = [:], key: SecretSource?, on hosts: HostSelector? = nil,
        command: String
    ) {
        (self.question, self.parameters, self.key) = (question, parameters, key)
        (self.hosts, self.command) = (hosts, command)
    }

    package struct Result: Sendable {
        /// Nil when no host can ask.
        package let answer: ModelAnswer?
        /// Why the hosts can't that were looked at last.
        package let absent: [HostOutcome<Facts>]
    }

    package func validate() throws(ServiceError) {
        // One argument of a program can be 128 KiB long (execve(2)).
        guard question.utf8.count < 120 << 10 else {
            throw ServiceError(Message("the question is too long: 120 KiB are possible"))
        }
        guard question.contains(where: { !$0.isWhitespace }), !question.utf8.contains(0) else {
            throw ServiceError(Message("what is the question?"), hint: Message("fleet ask \"…\""))
        }
        guard !isNew || conversation != nil else {
            throw ServiceError(Message("only a conversation that has a name can begin anew"))
        }
        guard let address = parameters["base-url"] else { return }
        guard ["http://", "https://"].contains(where: { address.hasPrefix($0) && address != $0 }) else {
            throw ServiceError(
                Message("the model's address must be one such as https://example.org/v1beta, not \"\(address)\""))
        }
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try context.hosts(hosts)
        try await context.ownPackages([Self.package]).first?.requireEngine(engine)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let conversation = try conversation.map { name throws(ConfigError) in
            try Conversation(name, in: context.project)
        }
        if isNew { conversation?.forget() }
        try conversation?.check()
        var request = try await request(context)
        if let conversation, conversation.exists {
            request.inputs = [ArchivedFile(path: "conversation.json", file: conversation.file)]
        }
        let result = try await AskedHosts(context, request).answer(from: context.hosts(hosts))
        if let answer = result.answer, answer.outcome.failure == nil {
            try conversation?.add(question: question, answer: answer.text)
        }
        return result
    }

    private func request(_ context: OperationContext) async throws -> RunRequest {
        let package = try await context.builder().build(Self.package)
        try package.requireEngine(engine)
        let parameters = parameters.merging(["question": question]) { $1 }
        var request = RunRequest(package: package, parameters: try package.file.bind(parameters))
        request.engine = engine
        request.method = method
        request.command = command
        if let key = try await secret(context) { request.secrets = [Self.secret: key] }
        return request
    }

    private func secret(_ context: OperationContext) async throws -> Secret? {
        if let givenKey { return givenKey }
        guard let key else { return nil }
        return try await read(key, context)
    }

    private func read(_ source: SecretSource, _ context: OperationContext) async throws -> Secret {
        let service = context.service
        let reader = SecretReader(
            folder: context.project.folder, environment: service.environment, home: service.home)
        let key = try await ThreadExecutor.disk.run { () throws(EngineError) in
            try reader.read(Self.secret, from: source)
        }
        guard key.reveal().isEmpty else { return key }
        throw ConfigError(.missing, Message("the secret \(Self.secret) is empty"))
    }
}
