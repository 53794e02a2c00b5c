import FleetArguments
import FleetBase
import FleetConfig
import FleetEvents
import FleetLedger
import FleetService

/// `fleet events`: what fleet did here, and what it does now, whichever program started it.
struct Events: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: Message("show what fleet did here, and what it does now"),
        discussion: Message(
            "Every operation tells what it does: a push, a run, a check. Its events are kept for 30 days. Output and progress of workers are not kept: fleet logs shows them."
        ),
        examples: [
            CommandExample("fleet events", Message("shows the 50 latest events")),
            CommandExample(
                "fleet events --follow --host vps", Message("shows what happens on the host vps, as it happens")),
            CommandExample("fleet events --run last --json", Message("prints the events of the last run as JSON")),
        ],
        seeAlso: ["fleet logs", "fleet runs attach"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .short("f"), .long("follow"), help: Message("also show events as they come, until Ctrl-C")) var follow
    @Option(
        name: .long("after"), valueName: "SEQUENCE",
        help: Message("only events after the one with this sequence, such as 1042 or 3f9c12ab-1042"))
    var after: EventPlace?
    @Option(
        name: .short("n"), .long("limit"), valueName: "N",
        help: Message("without --after: show this many of the latest events"))
    var limit = 50
    @Option(
        name: .long("run"), valueName: "ID",
        help: Message("only events of this run: its name, the beginning of its name, or last"),
        completion: .values("runs"))
    var run: String?
    @Option(
        name: .long("host"), valueName: "HOST", help: Message("only events of this host"), completion: .values("hosts"))
    var host: String?

    func validate() throws(ArgumentError) {
        guard limit > 0 else { throw ArgumentError(.invalid, Message("--limit must be at least 1")) }
    }

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        let service = try context.service(global, console)
        let runID = try await run(service)
        guard project.hasLedger || follow else { return console.note(Message("nothing has happened here yet")) }
        guard let feed = service.bus.feed else { preconditionFailure("a service keeps its events") }
        let filter = EventFilter(run: runID, host: host)
        var lines = EventLines(console, json: global.json)
        var place = try await start(feed, filter)
        var latest: [Event] = []
        while true {
            let page = try await feed.events(after: place.number, limit: 1000, run: runID)
            let wanted = page.events.filter(filter.takes)
            // With a filter everything is read, and the end of it shown.
            if after == nil {
                latest = (latest + wanted).suffix(limit)
            } else {
                for event in wanted { lines.show(event) }
            }
            place = EventSequence(epoch: place.epoch, number: page.end)
            if page.isLast { break }
        }
        for event in latest { lines.show(event) }
        guard follow else { return await service.close() }
        for await item in service.bus.follow(after: place) {
            switch item {
            case .gap: console.warning(Message("some events were missed here"))
            case .event(let event): if filter.takes(event) { lines.show(event) }
            }
        }
        await service.close()
        throw Ended(code: .cancelled)
    }

    private func run(_ service: FleetService) async throws -> RunID? {
        guard let run else { return nil }
        return try await service.run(named: run).run.id
    }

    /// Where to begin: after what the reader has seen, or so many events before the end.
    private func start(_ feed: EventFeed, _ filter: EventFilter) async throws -> EventSequence {
        let last = try await feed.last()
        if let after {
            guard let epoch = after.epoch, epoch != last.epoch else {
                return EventSequence(epoch: last.epoch, number: after.number)
            }
            throw LedgerError(
                .unknownRun,
                Message("the feed with the events \(epoch) is not here any more: this one is \(last.epoch)"),
                hint: Message("leave --after out, or give \(last.epoch)-0 for all there is"))
        }
        // Among events of others there may be few of these.
        guard filter.isEmpty else { return EventSequence(epoch: last.epoch, number: 0) }
        return try await feed.start(ofLast: limit)
    }
}

/// `1042`, or `3f9c12ab-1042` with the epoch of the feed.
struct EventPlace: ExpressibleByArgument {
    let epoch: String?
    let number: Int64

    init(argument: String) throws(ValueError) {
        if let number = Int64(argument), number >= 0 {
            (epoch, self.number) = (nil, number)
        } else {
            let sequence = try EventSequence(parsing: argument)
            (epoch, number) = (sequence.epoch, sequence.number)
        }
    }
}

/// Which events are wanted.
struct EventFilter {
    let run: RunID?
    let host: String?

    var isEmpty: Bool { run == nil && host == nil }

    func takes(_ event: Event) -> Bool {
        (run == nil || event.run == run) && (host == nil || event.host?.text == host)
    }
}
