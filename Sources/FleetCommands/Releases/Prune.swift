import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet prune --keep 3`: removes old releases from hosts, and what is left of them from this machine.
struct Prune: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: Message("remove old versions from hosts"),
        discussion: Message(
            "The current version stays, and so do versions that a job still uses. --keep 0 removes a package altogether and needs its name. --master removes the archives, differences and images of old versions from this machine, too, but the latest ones and those that a host has."
        ),
        examples: [
            CommandExample("fleet prune --all --keep 3", Message("keeps three versions of each package on each host")),
            CommandExample(
                "fleet prune benchmark --all --keep 0 --dry-run", Message("shows what would go with a whole package")),
        ],
        seeAlso: ["fleet versions", "fleet rollback"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Option(name: .long("keep"), valueName: "N", help: Message("how many versions of each package to keep"))
    var keep = PruneOperation.usualKeep
    @Flag(name: .long("master"), help: Message("also remove from this machine; without hosts, only from this machine"))
    var master
    @Flag(name: .long("dry-run"), help: Message("show what would be removed, and change nothing")) var dryRun
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        var operation = PruneOperation(names, keep: keep, on: selector.selector)
        operation.prunesMaster = master
        operation.dryRun = dryRun
        try await context.perform(operation, global) { result, console in
            let view = PruneView(result)
            if global.json {
                try console.json(view)
            } else {
                show(view, console)
                console.failures(of: result.outcomes)
            }
            return view.hosts.map(\.failure)
        }
    }

    private func show(_ view: PruneView, _ console: Console) {
        for row in view.hosts {
            for release in row.used {
                console.note(
                    Message("\(row.host): \(release.package) \(release.version) stays: a job or a schedule uses it"))
            }
        }
        showRemoved(view, console)
    }

    private func showRemoved(_ view: PruneView, _ console: Console) {
        let here = console.text(Message("this machine"))
        let removed =
            view.hosts.flatMap { row in row.removed.map { (row.host, $0.package, $0.version, ByteCount($0.bytes)) } }
            + (view.master?.removed ?? []).map { (here, $0.package, $0.version ?? "–", ByteCount($0.bytes)) }
        guard !removed.isEmpty else {
            // Only where every host has told what it has.
            if view.hosts.allSatisfy({ $0.failure == nil }) { console.note(Message("there is nothing to remove")) }
            return
        }
        var table = Table(
            [
                (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("VERSION"), .left),
                (Message("SIZE"), .right),
            ], thrift: Table.Thrift(dropping: [3]))
        for (place, package, version, size) in removed {
            table.add([.init(place), .init(package), .init(version), .init(size.description)])
        }
        console.table(table)
        let (count, size) = (removed.count, removed.map(\.3).reduce(ByteCount(0), +))
        console.note(
            dryRun
                ? Message("nothing was removed: this was a dry run") : Message("removed: \(count), together \(size)"))
    }
}
