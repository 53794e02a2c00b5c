import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet verify`: reads what lies on hosts again, and mends it.
struct Verify: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: Message("read every file on the hosts again and tell what has changed"),
        discussion: Message("Signatures are checked, too, where inventory/allowed_signers says whose count."),
        examples: [
            CommandExample("fleet verify", Message("checks all packages on all hosts")),
            CommandExample(
                "fleet verify benchmark --repair", Message("sends a package anew where its files have changed")),
        ],
        seeAlso: ["fleet versions", "fleet push"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("repair"), help: Message("send damaged versions anew")) var repair
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        var operation = VerifyOperation(names, on: selector.selector)
        operation.repairs = repair
        try await context.perform(operation, global) { outcomes, console in
            if global.json {
                try console.json(VerifyView(outcomes))
            } else {
                VerifyReport(outcomes).print(to: console)
            }
            return outcomes.map(\.problem)
        }
    }
}
