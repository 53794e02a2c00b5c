import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet schedule remove`: takes schedules away from hosts.
struct ScheduleRemove: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: Message("remove schedules from hosts, after the results that wait there came home"),
        examples: [
            CommandExample(
                "fleet schedule remove --all", Message("removes all schedules of this project from all hosts")),
            CommandExample("fleet schedule remove backup --hosts vps", Message("removes one task from one host")),
        ],
        seeAlso: ["fleet schedule list --all"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(valueName: "NAME", help: Message("which tasks; all of this project when left out")) var names: [String]

    func validate() throws(ArgumentError) {
        guard selector.selector != nil else {
            throw ArgumentError(.invalid, Message("which hosts?"), hint: Message("--hosts A,B, --group NAME or --all"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let operation = ScheduleRemoveOperation(names, from: selector.selector ?? .all)
        try await context.perform(operation, global) { result, console in
            let view = ScheduleRemoveView(result)
            if global.json {
                try console.json(view)
            } else {
                console.note(Message("schedules that were removed: \(view.removed)"))
            }
            console.failures(of: result.collected)
            console.failures(of: result.removed)
            return result.collected.map(\.failure) + result.removed.compactMap(\.failure)
        }
    }
}
