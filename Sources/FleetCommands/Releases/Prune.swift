import FleetArguments
import FleetBase
import FleetConfig
import FleetReleases
import FleetTerminal

/// `fleet prune --keep 3`: removes old releases from hosts, and what is left of them from this machine.
struct Prune: Command {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: Message("remove old versions from hosts"),
        discussion: Message(
            "The current version stays, and so do those that a job still uses. With --keep 0 a package goes altogether: name it. With --master the archives, differences and images of old versions go from this machine, too; the latest ones stay, and those that a host has."
        ),
        seeAlso: ["fleet versions", "fleet rollback"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Option(name: .long("keep"), valueName: "N", help: Message("how many versions of each package stay"))
    var keep = 3
    @Flag(name: .long("master"), help: Message("on this machine, too; without hosts, only here")) var master
    @Flag(name: .long("dry-run"), help: Message("show what would be removed, and change nothing")) var dryRun
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func validate() throws(ArgumentError) {
        guard keep > 0 || keep == 0 && !names.isEmpty else {
            throw ArgumentError(
                .invalid, Message("--keep is 1 at least"),
                hint: Message("fleet prune PACKAGE --keep 0 removes a package altogether"))
        }
        guard selector.selector != nil || master else {
            throw ArgumentError(
                .invalid, Message("say on which hosts"),
                hint: Message("fleet prune --all, --hosts A,B or --group G, or --master for this machine"))
        }
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let console = session.console
            let hosts = selector.selector == nil ? [] : try session.hosts(selector)
            let outcomes = await session.fleet.prune(names, keep: keep, on: hosts, dryRun: dryRun)
            if !dryRun { await session.forget(outcomes) }
            let here = master ? try await pruneMaster(session) : nil
            if global.json {
                let hosts = outcomes.map { outcome in
                    JSONValue.object([
                        "host": .string(outcome.host.text),
                        "removed": .array((outcome.value ?? []).filter { !$0.isUsed }.map(\.json)),
                        "used": .array((outcome.value ?? []).filter(\.isUsed).map(\.json)),
                        "failure": JSONValue(outcome.failure, console),
                    ])
                }
                let master = here.map { files in JSONValue.object(["removed": .array(files.map(\.json))]) }
                try console.json(JSONValue.object(["hosts": .array(hosts), "master": master ?? .null]))
            } else {
                show(outcomes, here ?? [], console)
                session.report(outcomes)
            }
            try session.end(outcomes.map(\.failure))
        }
    }

    private func pruneMaster(_ session: Session) async throws -> [PrunedFiles] {
        let (names, keep, dryRun) = (names, keep, dryRun)
        let (builder, store) = (PackageBuilder(session.project), session.project.stateStore)
        return try await ThreadExecutor.disk.run {
            builder.prune(names, keep: keep, for: try store.read(), dryRun: dryRun)
        }
    }

    private func show(_ outcomes: [HostOutcome<[PrunedRelease]>], _ here: [PrunedFiles], _ console: Console) {
        var table = Table([
            (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("VERSION"), .left),
            (Message("SIZE"), .right),
        ])
        let found = outcomes.flatMap { outcome in (outcome.value ?? []).map { (outcome.host, $0) } }
        for (host, pruned) in found where pruned.isUsed {
            let release = pruned.release
            console.note(Message("\(host): \(release.name) \(release.version) stays: a job or a schedule uses it"))
        }
        let removed = found.filter { !$1.isUsed }
        for (host, pruned) in removed {
            let release = pruned.release
            table.add([.init(host.text), .init(release.name), .init(release.version), .init(pruned.size.description)])
        }
        for files in here {
            table.add([
                .init(console.text(Message("this machine"))), .init(files.name), .init(files.version ?? "–"),
                .init(files.size.description),
            ])
        }
        guard !removed.isEmpty || !here.isEmpty else {
            return console.tellNothing(Message("there is nothing to remove"), of: outcomes)
        }
        console.table(table)
        let count = removed.count + here.count
        let size = (removed.map { $1.size } + here.map(\.size)).reduce(ByteCount(0), +)
        console.note(
            dryRun
                ? Message("nothing was removed: this was a dry run") : Message("removed: \(count), together \(size)"))
    }
}

extension PrunedRelease {
    fileprivate var json: JSONValue {
        .object([
            "package": .string(release.name), "version": .string(release.version), "bytes": .integer(size.bytes),
        ])
    }
}

extension PrunedFiles {
    fileprivate var json: JSONValue {
        .object([
            "package": .string(name), "version": JSONValue(version), "files": .integer(Int64(count)),
            "bytes": .integer(size.bytes),
        ])
    }
}
