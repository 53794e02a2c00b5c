import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet rollback PACKAGE [VERSION]`: makes an earlier release current again.
struct RollbackPackage: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: Message("make an earlier version current again"),
        discussion: Message(
            "Nothing is sent: the version is still on the hosts. VERSION may be the beginning of a version; without it the hosts go back to the version before. A run does not undo this; a push does."
        ),
        examples: [
            CommandExample("fleet rollback benchmark --all", Message("goes back to the version before, on all hosts")),
            CommandExample(
                "fleet rollback benchmark 1.0.0 --hosts vps",
                Message("makes a version that you name current on one host")),
        ],
        seeAlso: ["fleet versions", "fleet push"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(valueName: "PACKAGE", help: Message("which package"), completion: .values("packages")) var name: String
    @Argument(valueName: "VERSION", help: Message("which version; the one before when left out")) var version: String?

    func validate() throws(ArgumentError) {
        guard selector.selector != nil else {
            throw ArgumentError(
                .invalid, Message("which hosts should go back?"),
                hint: Message("fleet rollback PACKAGE --all, --hosts A,B or --group G"))
        }
    }

    func run(_ context: CommandContext) async throws {
        let operation = RollbackOperation(name, to: version, on: selector.selector)
        try await context.perform(operation, global) { result, console in
            let view = RollbackView(result)
            if global.json {
                try console.json(view)
            } else {
                show(view, console)
                console.failures(of: result.outcomes)
            }
            return result.outcomes.map(\.failure)
        }
    }

    private func show(_ view: RollbackView, _ console: Console) {
        var table = Table([
            (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("FROM"), .left), (Message("TO"), .left),
        ])
        for row in view.hosts {
            guard let version = row.to else { continue }
            table.add([.init(row.host), .init(row.package), .init(row.from ?? "–"), .init(version, .green)])
        }
        console.table(table)
    }
}
