import FleetArguments
import FleetBase
import FleetConfig
import FleetReleases
import FleetTerminal

/// `fleet inventory check`: which hosts are alive, what they are, and whether they have what is built here.
struct InventoryCheck: Command {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: Message("see which hosts are alive, what they have, and which versions"),
        seeAlso: ["fleet ping", "fleet push"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try session.hosts(selector)
            let expected = try await ThreadExecutor.disk.run { [project = session.project] in
                try PackageBuilder(project).builtVersions()
            }
            let progress = HostProgress(hosts, session.console)
            let outcomes = await session.fleet.probe(hosts) { progress.finished($0.host) }
            progress.end()
            await session.remember(outcomes)
            let report = CheckReport(hosts, outcomes, expected: expected)
            if global.json {
                try session.console.json(report.json(session.console))
            } else {
                report.print(to: session.console)
            }
            try session.end(outcomes.map(\.failure))
        }
    }
}
