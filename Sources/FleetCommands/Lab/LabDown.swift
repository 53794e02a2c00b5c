import FleetArguments
import FleetBase
import FleetService
import FleetViews

/// `fleet lab down`: ends the hosts of the lab.
struct LabDown: Command {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: Message("end the hosts of the lab and remove their files"),
        examples: [
            CommandExample("fleet lab down", Message("ends all hosts of the lab")),
            CommandExample("fleet lab down --json", Message("the same for a program")),
        ])

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        try await context.perform(LabDownOperation(), global) { count, console in
            if global.json { try console.json(LabView([])) }
            console.note(count == 0 ? Message("there is no lab") : Message("the lab is gone: \(count) hosts"))
            return []
        }
    }
}
