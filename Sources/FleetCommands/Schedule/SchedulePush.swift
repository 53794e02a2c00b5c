import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet schedule push HOST`: has a host run tasks by itself while this machine is off.
struct SchedulePush: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: Message("let a host run tasks by its own cron, also while this machine is off"),
        discussion: Message(
            "The host's own clock and time zone count. Results wait there: fleet runs collect brings them home. Secrets are never laid on a host, so a task with secrets can't be pushed."
        ),
        examples: [
            CommandExample("fleet schedule push vps", Message("gives a host all tasks that have a schedule")),
            CommandExample("fleet schedule push vps backup", Message("gives it one task")),
        ],
        seeAlso: ["fleet runs collect", "fleet schedule list", "fleet schedule remove"])

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "HOST", help: Message("which host"), completion: .values("hosts")) var host: String
    @Argument(
        valueName: "NAME", help: Message("which tasks; all that have a schedule when left out"),
        completion: .values("tasks"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        try await context.perform(SchedulePushOperation(names, to: host), global) { laid, console in
            if global.json { try console.json(SchedulePushView(laid)) } else { show(laid, console) }
            warn(laid, console)
            console.failures(of: laid.map(\.outcome))
            return laid.map(\.outcome.failure)
        }
    }

    private func show(_ laid: [SchedulePushOperation.Laid], _ console: Console) {
        for laid in laid where laid.outcome.failure == nil {
            let (host, task, when) = (laid.outcome.host, laid.task, laid.when)
            console.note(Message("\(host) runs \(task) by itself: \(when)"))
        }
    }

    private func warn(_ laid: [SchedulePushOperation.Laid], _ console: Console) {
        for host in Set(laid.map(\.outcome.host)).sorted(by: { $0.text < $1.text }) {
            let notes = Set(laid.filter { $0.outcome.host == host }.flatMap { $0.outcome.value ?? [] })
            console.warnings(notes.map { (host, $0) })
        }
    }
}
