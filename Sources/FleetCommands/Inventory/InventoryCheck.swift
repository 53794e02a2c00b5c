import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet inventory check`: which hosts are alive, what they are, and whether they have what is built here.
struct InventoryCheck: Command {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: Message("see which hosts are alive, what they have, and which versions of packages"),
        examples: [
            CommandExample("fleet inventory check", Message("looks at all hosts")),
            CommandExample(
                "fleet inventory check --group lab --json", Message("looks at the hosts of a group, for a program")),
        ],
        seeAlso: ["fleet ping", "fleet push"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await context.perform(CheckOperation(hosts: selector.selector), global) { result, console in
            if global.json {
                try console.json(CheckView(result))
            } else {
                CheckReport(result).print(to: console)
            }
            return result.outcomes.map(\.failure)
        }
    }
}
