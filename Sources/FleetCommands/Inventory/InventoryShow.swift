import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet inventory show HOST`: everything that is known of one host, and where it comes from.
struct InventoryShow: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Message("show all that is known of one host, and where each value comes from"),
        examples: [
            CommandExample("fleet inventory show pc-leo", Message("shows each setting of a host and its origin")),
            CommandExample("fleet inventory show pc-leo --json", Message("the same for a program")),
        ],
        seeAlso: ["fleet inventory list", "fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "HOST", help: Message("which host"), completion: .values("hosts")) var name: String

    func run(_ context: CommandContext) async throws {
        try await context.ask(HostQuery(name), global) { answer, console in
            if global.json { try console.json(InventoryShowView(answer)) } else { HostCard(answer).show(on: console) }
        }
    }
}
