import FleetArguments
import FleetBase
import FleetConfig
import FleetTerminal

/// `fleet rollback PACKAGE [VERSION]`: makes an earlier release current again.
struct RollbackPackage: Command {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: Message("make an earlier version current again"),
        discussion: Message(
            "Nothing is sent: the version is still on the hosts. Without VERSION it is the one before; its beginning is enough. A run does not undo it; a push does."
        ),
        seeAlso: ["fleet versions", "fleet push"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(valueName: "PACKAGE", help: Message("which package"), completion: .values("packages")) var name: String
    @Argument(valueName: "VERSION", help: Message("which version; the one before when left out")) var version: String?

    func validate() throws(ArgumentError) {
        guard selector.selector != nil else {
            throw ArgumentError(
                .invalid, Message("say which hosts go back"),
                hint: Message("fleet rollback PACKAGE --all, --hosts A,B or --group G"))
        }
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let console = session.console
            let hosts = try session.hosts(selector)
            try await session.checkPackages([name], on: hosts)
            let outcomes = await session.fleet.rollBack(name, to: version, on: hosts)
            if global.json {
                try console.json([
                    "hosts": outcomes.map { outcome in
                        JSONValue.object([
                            "host": .string(outcome.host.text), "package": .string(name),
                            "from": JSONValue(outcome.value?.from), "to": JSONValue(outcome.value?.to),
                            "failure": JSONValue(outcome.failure, console),
                        ])
                    }
                ])
            } else {
                var table = Table([
                    (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("FROM"), .left),
                    (Message("TO"), .left),
                ])
                for outcome in outcomes {
                    guard let way = outcome.value else { continue }
                    table.add([.init(outcome.host.text), .init(name), .init(way.from ?? "–"), .init(way.to, .green)])
                }
                console.table(table)
                session.report(outcomes)
            }
            try session.end(outcomes.map(\.failure))
        }
    }
}
