import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetViews

/// `fleet keys show [NAME]`: the line by which others know a key.
struct KeysShow: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Message("print the line for inventory/allowed_signers"),
        discussion: Message("The line is public: hand it to everybody who should trust your packages."),
        examples: [
            CommandExample("fleet keys show >>inventory/allowed_signers", Message("lets this project trust your key")),
            CommandExample("fleet keys show release", Message("prints the line of the key release")),
        ],
        seeAlso: ["fleet keys new"])

    @OptionGroup var global: GlobalOptions
    @Argument(
        valueName: "KEY", help: Message("a name, or the path of an Ed25519 key; fleet when left out"),
        completion: .values("keys"))
    var name: String?

    func run(_ context: CommandContext) async throws {
        let project = (try? context.project(global)) ?? Project(folder: context.directory)
        let key = try StoredKey(try project.keyFile(name ?? StoredKey.usualName, home: context.home))
        try context.show(global) { console in
            if global.json { try console.json(KeyView(key)) } else { console.result(key.line) }
        }
    }
}
