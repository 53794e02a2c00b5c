import FleetArguments
import FleetBase
import FleetTerminal
import FleetViews

/// `fleet version`: which fleet this is. `fleet --version` says the same.
struct ShowVersion: Command {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: Message("show the version"),
        examples: [
            CommandExample("fleet version", Message("prints the name of the program and its version")),
            CommandExample("fleet version --json", Message("the same for a program")),
        ])

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        try context.show(global) { try Self.show(json: global.json, $0) }
    }

    static func show(json: Bool, _ console: Console) throws {
        if json { return try console.json(VersionView(FleetProgram.version)) }
        console.result("fleet \(FleetProgram.version)")
    }
}
