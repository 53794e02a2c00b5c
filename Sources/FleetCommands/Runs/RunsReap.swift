import FleetArguments
import FleetBase
import FleetService

/// `fleet runs reap`: finds what earlier masters have left on hosts, and removes what nobody needs.
struct RunsReap: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "reap", abstract: Message("remove what earlier runs have left on the hosts"),
        discussion: Message(
            "Jobs that a run still needs stay: those of a run that is being worked on, and those that fleet runs resume would take up. --foreign removes jobs of other masters, too."
        ),
        examples: [
            CommandExample("fleet runs reap --all --dry-run", Message("shows what would be removed from the hosts")),
            CommandExample("fleet runs reap --hosts vps", Message("removes what earlier runs have left on one host")),
        ],
        seeAlso: ["fleet runs resume", "fleet runs stop"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("foreign"), help: Message("also remove jobs that another master has started")) var foreign
    @Flag(name: .long("dry-run"), help: Message("show what would be removed, and remove nothing")) var dryRun

    func run(_ context: CommandContext) async throws {
        var operation = ReapOperation(on: selector.selector)
        (operation.foreign, operation.isDryRun) = (foreign, dryRun)
        try await context.perform(operation, global) { try JobsReport($0).show(json: global.json, $1) }
    }
}
