import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet host remove NAME`: the inventory forgets a host; nothing is done on the host itself.
struct HostRemove: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: Message("take a host out of the inventory"),
        discussion: Message("Nothing changes on the host itself, and what was run there stays in the ledger."),
        examples: [
            CommandExample("fleet host remove vps", Message("asks, then takes the host out of hosts.yaml")),
            CommandExample("fleet host remove vps --yes", Message("does it without asking")),
        ],
        seeAlso: ["fleet host add"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .short("y"), .long("yes"), help: Message("do not ask")) var yes
    @Argument(valueName: "NAME", help: Message("which host"), completion: .values("hosts")) var name: HostName

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let questions = PersonalQuestions(console, yes: yes, json: global.json)
        try await context.perform(
            HostRemoveOperation(name), global, on: console, approver: questions.answer
        ) { removal, console in
            if global.json {
                try console.json(HostRemoveView(removal))
            } else {
                console.note(Message("\(name) is gone from the inventory; its key stays in known_hosts"))
            }
            return []
        }
    }
}
