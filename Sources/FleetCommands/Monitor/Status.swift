import FleetArguments
import FleetBase
import FleetConfig
import FleetEvents
import FleetService
import FleetTerminal
import FleetViews

/// `fleet status`: what the monitor shows, once, in one screenful.
struct Status: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: Message("show hosts, runs and what happened last, once"),
        discussion: Message(
            "Each host is looked at now; nothing is written down. One that does not answer within the time shows what was known before."
        ),
        examples: [
            CommandExample("fleet status", Message("shows hosts, runs and the latest events")),
            CommandExample("fleet status --json", Message("the same for a program")),
        ],
        seeAlso: ["fleet monitor", "fleet inventory check"])

    /// How many events there are to choose from.
    private static let events = 200

    @OptionGroup var global: GlobalOptions
    @Option(name: .long("timeout"), valueName: "TIME", help: Message("how long hosts may take to answer"))
    var timeout = LookInterval.usual

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        try await context.withService(global, console) { service in
            let watch = HostWatch(service)
            let hosts = try service.currentInventory.hosts.map(\.name)
            try await console.showing(Message("looking at \(hosts.count) hosts")) {
                await watch.look(at: hosts, within: timeout.duration)
            }
            var scene = try await ProjectSnapshot(service, watch, QueueBoard())
            scene.events = try await latest(service)
            if global.json { return try console.json(StatusView(scene.hosts, outdated: scene.outdated, scene.runs)) }
            StatusReport(scene, at: .now).show(on: console)
        }
    }

    private func latest(_ service: FleetService) async throws -> [Event] {
        guard service.project.hasLedger, let feed = service.bus.feed else { return [] }
        let start = try await feed.start(ofLast: Self.events)
        return try await feed.events(after: start.number, limit: Self.events).events
    }
}
