import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet serve install`: has systemd keep `fleet serve` going.
struct ServeInstall: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: Message("write a systemd unit that keeps fleet serve going"),
        discussion: Message(
            "What stands behind -- goes to fleet serve. The unit is a user's own, or the system's when root calls this. Nothing is started: the next step is shown."
        ),
        examples: [
            CommandExample("fleet serve install", Message("writes the unit and shows how to start it")),
            CommandExample(
                "fleet serve install --print -- --listen 127.0.0.1:8080",
                Message("only shows the unit of a server on another port")),
        ],
        seeAlso: ["fleet serve"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("print"), help: Message("show the unit, and write nothing")) var print
    @Argument(valueName: "OPTION", help: Message("options of fleet serve, such as -- --listen 127.0.0.1:8080"))
    var words: [String]

    func run(_ context: CommandContext) async throws {
        // The unit would start again and again, and its words would be in the journal alone.
        guard
            case .run(let command) = try Parser(FleetProgram.root, environment: context.environment).parse(
                ["serve"] + words),
            let serve = command as? Serve
        else {
            throw ArgumentError(
                .invalid, Message("what stands behind -- must be options of fleet serve"),
                hint: Message("fleet serve --help shows them"))
        }
        let project = try context.project(global)
        try serve.checkFiles(project, from: project.folder)
        try await UnitCommand(global, ["serve"] + words, job: .serve, print: print).run(context)
    }
}
