import FleetArguments
import FleetBase

struct Ping: Command {
    static let configuration = CommandConfiguration(
        commandName: "ping", abstract: Message("log in to hosts and see how long it takes"),
        seeAlso: ["fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let console = session.console
            let outcomes = await session.fleet.ping(try session.hosts(selector))
            if global.json {
                try console.json([
                    "hosts": outcomes.map { outcome in
                        JSONValue.object([
                            "host": .string(outcome.host.text), "alive": .bool(outcome.failure == nil),
                            "seconds": JSONValue(outcome.value?.seconds),
                            "failure": JSONValue(outcome.failure, console),
                        ])
                    }
                ])
            } else {
                let width = outcomes.map(\.host.text.count).max() ?? 0
                for outcome in outcomes {
                    guard let time = outcome.value else { continue }
                    let milliseconds = Int((time.seconds * 1000).rounded())
                    console.result("\(outcome.host.text.padded(to: width))  \(milliseconds) ms")
                }
                session.report(outcomes)
            }
            try session.end(outcomes.map(\.failure))
        }
    }
}
