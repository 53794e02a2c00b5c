import FleetArguments
import FleetBase
import FleetService
import FleetViews

struct Ping: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "ping", abstract: Message("log in to hosts and see how long it takes"),
        examples: [
            CommandExample("fleet ping", Message("logs in to all hosts")),
            CommandExample("fleet ping vps", Message("logs in to the host vps")),
            CommandExample("fleet ping --hosts 'worker-*'", Message("logs in to the hosts whose names fit")),
        ],
        seeAlso: ["fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(valueName: "HOST", help: Message("which hosts"), completion: .values("hosts")) var names: [String]

    func validate() throws(ArgumentError) { try selector.check(names: names) }

    func run(_ context: CommandContext) async throws {
        try await context.perform(PingOperation(hosts: selector.selector(with: names)), global) { outcomes, console in
            if global.json {
                try console.json(PingView(outcomes))
            } else {
                let width = outcomes.map(\.host.text.count).max() ?? 0
                for outcome in outcomes {
                    guard let time = outcome.value else { continue }
                    let milliseconds = Int((time.seconds * 1000).rounded())
                    console.result("\(outcome.host.text.padded(to: width))  \(milliseconds) ms")
                }
                console.failures(of: outcomes)
            }
            return outcomes.map(\.failure)
        }
    }
}
