import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet inventory check`: which hosts are alive, what they are, and whether they have what is built here.
struct InventoryCheck: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: Message("see which hosts are alive, what they have, and which versions of packages"),
        examples: [
            CommandExample("fleet inventory check", Message("looks at all hosts")),
            CommandExample(
                "fleet inventory check --group lab --json", Message("looks at the hosts of a group, for a program")),
        ],
        seeAlso: ["fleet ping", "fleet push"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    @Flag(
        name: .long("deep"),
        help: Message("log in anew, send 1 MiB up and down, and run a tiny job by every method; nothing stays there"))
    var deep
    @Argument(valueName: "HOST", help: Message("which hosts"), completion: .values("hosts")) var names: [String]

    func validate() throws(ArgumentError) { try selector.check(names: names) }

    func run(_ context: CommandContext) async throws {
        guard !deep else { return try await tryHosts(context) }
        try await context.perform(CheckOperation(hosts: selector.selector(with: names)), global) { result, console in
            if global.json {
                try console.json(CheckView(result))
            } else {
                CheckReport(result).print(to: console)
            }
            return result.outcomes.map(\.failure)
        }
    }

    private func tryHosts(_ context: CommandContext) async throws {
        try await context.perform(DeepCheckOperation(hosts: selector.selector(with: names)), global) {
            outcomes, console in
            let view = DeepCheckView(outcomes)
            let report = DeepCheckReport(view)
            let failures = zip(outcomes, report.failures).map { ($0.failure.map { [$0] } ?? []) + $1 }
            if global.json {
                try console.json(view)
            } else {
                console.table(report.table(in: console.language))
                console.failures(zip(outcomes, failures).flatMap { one, list in list.map { (one.host, $0) } })
            }
            return failures.map(\.first)
        }
    }
}
