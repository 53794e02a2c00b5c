import FleetArguments
import FleetBase
import FleetConfig
import FleetEngine

/// `fleet prune --keep 3`: removes old releases from hosts.
struct Prune: Command {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: Message("remove old versions from hosts"),
        discussion: Message("The current version stays, and so do those that a job still uses."),
        seeAlso: ["fleet versions", "fleet rollback"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Option(name: .long("keep"), valueName: "N", help: Message("how many versions of each package stay"))
    var keep = 3
    @Flag(name: .long("dry-run"), help: Message("show what would be removed, and change nothing")) var dryRun
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func validate() throws(ArgumentError) {
        guard keep >= 1 else { throw ArgumentError(.invalid, Message("--keep is 1 at least")) }
        guard selector.selector != nil else {
            throw ArgumentError(
                .invalid, Message("say on which hosts"), hint: Message("fleet prune --all, --hosts A,B or --group G"))
        }
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let console = session.console
            let outcomes = await session.fleet.prune(
                names, keep: keep, on: try session.hosts(selector), dryRun: dryRun)
            if global.json {
                try console.json([
                    "hosts": outcomes.map { outcome in
                        JSONValue.object([
                            "host": .string(outcome.host.text),
                            "removed": .array((outcome.value ?? []).map(\.json)),
                            "failure": JSONValue(outcome.failure, console),
                        ])
                    }
                ])
            } else {
                show(outcomes, console)
                session.report(outcomes)
            }
            try session.end(outcomes.map(\.failure))
        }
    }

    private func show(_ outcomes: [HostOutcome<[PrunedRelease]>], _ console: Console) {
        var table = Table([
            (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("VERSION"), .left),
            (Message("SIZE"), .right),
        ])
        let removed = outcomes.flatMap { outcome in (outcome.value ?? []).map { (outcome.host, $0) } }
        for (host, pruned) in removed {
            let release = pruned.release
            table.add([.init(host.text), .init(release.name), .init(release.version), .init(pruned.size.description)])
        }
        guard !removed.isEmpty else { return console.note(Message("there is nothing to remove")) }
        console.table(table)
        if dryRun { console.note(Message("nothing was removed: this was a dry run")) }
    }
}

extension PrunedRelease {
    fileprivate var json: JSONValue {
        .object([
            "package": .string(release.name), "version": .string(release.version), "bytes": .integer(size.bytes),
        ])
    }
}
