import FleetArguments
import FleetBase
import FleetService

/// `fleet runs stop`: ends every job on hosts, whoever started it.
struct RunsStop: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: Message("end every job of fleet on hosts, and remove what it left"),
        discussion: Message(
            "Results of jobs that have ended and were not brought home are lost, too. Name hosts, or give --all."),
        examples: [
            CommandExample("fleet runs stop --all --dry-run", Message("shows which jobs would be ended")),
            CommandExample("fleet runs stop --hosts vps", Message("ends every job of fleet on one host")),
        ],
        seeAlso: ["fleet runs reap"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("dry-run"), help: Message("show what would be removed, and remove nothing")) var dryRun

    func validate() throws(ArgumentError) {
        guard selector.selector != nil else {
            throw ArgumentError(.invalid, Message("which hosts?"), hint: Message("--hosts A,B, --group NAME or --all"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let operation = StopJobsOperation(on: selector.selector ?? .all, isDryRun: dryRun)
        try await context.perform(operation, global) { try JobsReport($0).show(json: global.json, $1) }
    }
}
