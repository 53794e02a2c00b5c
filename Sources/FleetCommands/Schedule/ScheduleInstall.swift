import FleetArguments
import FleetBase
import FleetService

/// `fleet schedule install`: has systemd keep `fleet schedule run` going.
struct ScheduleInstall: Command {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: Message("write a systemd unit that keeps fleet schedule run going"),
        discussion: Message(
            "The unit is a user's own, or the system's when root calls this. Nothing is started: the next step is shown."
        ),
        examples: [
            CommandExample("fleet schedule install", Message("writes the unit and shows how to start it")),
            CommandExample("fleet schedule install --print", Message("only shows the unit")),
        ],
        seeAlso: ["fleet schedule run"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .long("print"), help: Message("show the unit, and write nothing")) var print

    func run(_ context: CommandContext) async throws {
        try await UnitCommand(global, ["schedule", "run"], job: .schedule, print: print).run(context)
    }
}
