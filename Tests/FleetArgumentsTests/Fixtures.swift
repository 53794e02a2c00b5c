import FleetBase

@testable import FleetArguments

enum Shape: String, CaseIterable, ExpressibleByArgument {
    case table, json
}

struct OutputOptions: ParsableArguments {
    @Flag(name: .short("j"), .long("json"), help: Message(verbatim: "print JSON")) var json
    @Flag(name: .short("q"), .long("quiet"), help: Message(verbatim: "print less")) var quiet
    @Option(
        valueName: "DIR", help: Message(verbatim: "the project's folder"), completion: .directories,
        environment: "TOOL_PROJECT")
    var project: String?
}

struct HostSelection: ParsableArguments {
    @Option(help: Message(verbatim: "hosts by name"), completion: .values("hosts")) var hosts: [HostName]
    @Flag(help: Message(verbatim: "every host")) var all

    func validate() throws(ArgumentError) {
        if all, !hosts.isEmpty { throw ArgumentError(.invalid, Message(verbatim: "--all excludes --hosts")) }
    }
}

struct InventoryCheck: Command {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: Message(verbatim: "see which hosts answer"),
        examples: [
            CommandExample("tool inventory check --all", Message(verbatim: "asks every host, whichever group it is in"))
        ],
        seeAlso: ["tool exec"])

    @OptionGroup var output: OutputOptions
    @OptionGroup(title: Message(verbatim: "HOSTS")) var selection: HostSelection
    @Option(name: .short("t"), .long("timeout"), valueName: "N", help: Message(verbatim: "seconds to wait"))
    var timeout = 5
    @Option(help: Message(verbatim: "how to print")) var shape = Shape.table
    @Option(help: Message(verbatim: "not for people"), visibility: .hidden) var dryRun: String?

    func run(_ context: String) async throws {}
}

struct Exec: Command {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: Message(verbatim: "run a command"))

    @OptionGroup var output: OutputOptions
    @Option(help: Message(verbatim: "user")) var user: String
    @Argument(help: Message(verbatim: "the command"), parsing: .postTerminator, isRequired: true) var words: [String]

    func run(_ context: String) async throws {}
}

struct Run: Command {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: Message(verbatim: "run a package"))

    @OptionGroup var output: OutputOptions
    @Argument(help: Message(verbatim: "the package"), completion: .values("packages")) var package: String
    @Argument(help: Message(verbatim: "its engine")) var engine: String?
    @Argument(help: Message(verbatim: "files"), completion: .files) var files: [String]
    @DynamicOptions var parameters: CapturedOptions

    func run(_ context: String) async throws {}
}

let particles = [
    DynamicOption(
        name: "particles", aliases: ["NUM_PARTICULAS"], valueName: "INT", help: Message(verbatim: "how many"),
        defaultText: "100"),
    DynamicOption(name: "seed", help: Message(verbatim: "random seed")),
    DynamicOption(name: "plot", help: Message(verbatim: "draw it"), impliedValue: "true"),
]

let inventory = CommandGroup<String>(
    CommandConfiguration(commandName: "inventory", abstract: Message(verbatim: "the hosts")),
    subcommands: [.command(InventoryCheck.self)])

let tool = CommandGroup<String>(
    CommandConfiguration(commandName: "tool", abstract: Message(verbatim: "drives hosts")),
    subcommands: [.group(inventory), .command(Exec.self), .command(Run.self)],
    leadingOptions: [OutputOptions.self])

/// The command that the words run.
func parse<Verb: Command<String>>(
    _ type: Verb.Type, _ words: String..., environment: [String: String] = [:]
) throws -> Verb? {
    guard case .run(let command) = try Parser(tool, environment: environment).parse(words) else { return nil }
    return command as? Verb
}

/// The error that the words give.
func failure(_ words: String...) -> ArgumentError? {
    do {
        _ = try Parser(tool).parse(words)
        return nil
    } catch {
        return error
    }
}

func help(_ words: String..., in language: Language = .english, width: Int = 80) throws -> String? {
    guard case .help(let page, _) = try Parser(tool).parse(words) else { return nil }
    return page.text(in: language, width: width)
}
