import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet lab status`: the hosts of the lab, and which of them run.
struct LabStatus: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: Message("show the hosts of the lab"),
        examples: [
            CommandExample("fleet lab status", Message("shows which hosts of the lab run")),
            CommandExample("fleet lab status --json", Message("the same for a program")),
        ])

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        try await context.ask(LabQuery(), global) { members, console in
            let view = LabView(members)
            if global.json { return try console.json(view) }
            guard !members.isEmpty else { return console.note(Message("there is no lab")) }
            console.table(LabReport(view).table(console))
        }
    }
}
