import FleetArguments
import FleetBase
import FleetConfig
import FleetHosts
import FleetRuns

/// Which model answers, where it is, and where the key for it comes from.
struct ModelOptions: ParsableArguments {
    /// The variable, and the worker's name for the secret.
    static let keyName = "GEMINI_API_KEY"

    @Option(
        name: .long("model"), valueName: "NAME", help: Message("which model; gemini-2.5-flash when left out"),
        environment: "GEMINI_MODEL")
    var model: String?
    @Option(
        name: .long("base-url"), valueName: "URL", help: Message("where the model is; Google's address when left out"),
        environment: "GEMINI_BASE_URL")
    var baseURL: String?
    @Option(
        name: .long("key-file"), valueName: "FILE", help: Message("a file that holds the key alone"),
        completion: .files,
        environment: "GEMINI_API_KEY_FILE")
    var keyFile: String?
    @Option(
        name: .long("key-command"), valueName: "LINE",
        help: Message("a line for sh that prints the key, such as \"pass show gemini\""))
    var keyCommand: String?
    @Option(
        name: .long("patience"), valueName: "TIME", help: Message("how long the model may be silent; 60s when left out")
    )
    var patience: Duration?
    @Option(name: .long("attempts"), valueName: "N", help: Message("how often to ask a busy model; 4 when left out"))
    var attempts: Int?

    func validate() throws(ArgumentError) {
        guard keyFile == nil || keyCommand == nil else {
            throw ArgumentError(.invalid, Message("--key-file goes without --key-command"))
        }
        guard let baseURL else { return }
        guard ["http://", "https://"].contains(where: { baseURL.hasPrefix($0) && baseURL != $0 }) else {
            throw ArgumentError(
                .invalid,
                Message("--base-url must be an address such as https://example.org/v1beta, not \"\(baseURL)\""))
        }
    }

    /// Of the package, as far as they are given.
    var parameters: [String: String] {
        var given: [String: String] = [:]
        given["model"] = model
        given["base-url"] = baseURL
        given["patience"] = patience.map { "\($0.seconds)" }
        given["attempts"] = attempts.map { "\($0)" }
        return given
    }

    func key(_ session: Session) async throws -> Secret {
        let context = session.context
        guard keyCommand != nil || keyFile != nil || context.environment[Self.keyName]?.isEmpty == false else {
            throw ConfigError(
                .missing, Message("there is no key for the model: \(Self.keyName) is not set"),
                hint: Message("set it, or name a file with --key-file or a command with --key-command"))
        }
        let reader = SecretReader(folder: session.project.folder, environment: context.environment, home: context.home)
        let source: SecretSource =
            if let keyCommand { .command(keyCommand) } else if let keyFile { .file(context.absolute(keyFile)) } else {
                .environment(Self.keyName)
            }
        let key = try await ThreadExecutor.disk.run { () throws(EngineError) in
            try reader.read(Self.keyName, from: source)
        }
        guard key.reveal().isEmpty else { return key }
        throw ConfigError(.missing, Message("the secret \(Self.keyName) is empty"))
    }
}
