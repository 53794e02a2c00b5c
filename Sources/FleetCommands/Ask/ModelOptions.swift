import FleetArguments
import FleetBase
import FleetConfig

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
        name: .long("key-file"), valueName: "FILE", help: Message("a file that holds the key and nothing else"),
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
    @Option(
        name: .long("attempts"), valueName: "N", help: Message("how many times to ask a busy model; 4 when left out"))
    var attempts: Int?

    func validate() throws(ArgumentError) {
        guard keyFile == nil || keyCommand == nil else {
            throw ArgumentError(.invalid, Message("give either --key-file or --key-command"))
        }
    }

    /// The package's parameters, as far as they are given.
    var parameters: [String: String] {
        var given: [String: String] = [:]
        given["model"] = model
        given["base-url"] = baseURL
        given["patience"] = patience.map { "\($0.seconds)" }
        given["attempts"] = attempts.map { "\($0)" }
        return given
    }

    /// - Throws: when nothing says where the key is.
    func keySource(_ context: CommandContext) throws(ConfigError) -> SecretSource {
        if let keyCommand { return .command(keyCommand) }
        if let keyFile { return .file(context.absolute(keyFile)) }
        guard context.environment[Self.keyName]?.isEmpty == false else {
            throw ConfigError(
                .missing, Message("there is no key for the model: \(Self.keyName) is not set"),
                hint: Message("set it, or name a file with --key-file or a command with --key-command"))
        }
        return .environment(Self.keyName)
    }
}
