import FleetArguments
import FleetBase
import FleetConfig
import FleetEngine

/// `fleet verify`: reads what lies on hosts again, and mends it.
struct Verify: Command {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: Message("read every file on the hosts again and tell what has changed"),
        seeAlso: ["fleet versions", "fleet push"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Flag(name: .long("repair"), help: Message("send damaged versions anew")) var repair
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let console = session.console
            let hosts = try session.hosts(selector)
            let progress = HostProgress(hosts, console)
            let outcomes = await session.fleet.verify(names, on: hosts, repairs: repair) {
                progress.finished($0.host)
            }
            progress.end()
            if global.json {
                try console.json(["hosts": outcomes.map { json($0, console) }])
            } else {
                show(outcomes, console)
                session.report(outcomes)
            }
            try session.end(outcomes.map { outcome in outcome.failure ?? outcome.value.flatMap(Self.failure) })
        }
    }

    /// A release that is still damaged at the end is a failure of its host.
    private static func failure(_ found: Verification) -> Failure? {
        let count = found.damaged.keys.count { !found.repaired.contains($0) }
        return count == 0 ? nil : Failure(.push, Message("damaged versions: \(count)"))
    }

    private func json(_ outcome: HostOutcome<Verification>, _ console: Console) -> JSONValue {
        let found = outcome.value ?? Verification()
        let releases = found.checked.keys.sorted().map { release -> JSONValue in
            .object([
                "package": .string(release.name), "version": .string(release.version),
                "files": JSONValue(found.checked[release]), "damaged": JSONValue(found.damaged[release] ?? []),
                "repaired": .bool(found.repaired.contains(release)),
            ])
        }
        return .object([
            "host": .string(outcome.host.text), "releases": .array(releases), "bytes_sent": .integer(found.bytesSent),
            "failure": JSONValue(outcome.failure ?? Self.failure(found), console),
        ])
    }

    private func show(_ outcomes: [HostOutcome<Verification>], _ console: Console) {
        var table = Table([
            (Message("HOST"), .left), (Message("PACKAGE"), .left), (Message("VERSION"), .left),
            (Message("FILES"), .right), (Message("STATE"), .left),
        ])
        for outcome in outcomes {
            guard let found = outcome.value else { continue }
            for release in Set(found.checked.keys).union(found.damaged.keys).sorted() {
                let damaged = found.damaged[release]?.count ?? 0
                let state: Table.Cell =
                    if damaged == 0 {
                        .init(console.text(Message("whole")), .green)
                    } else if found.repaired.contains(release) {
                        .init(console.text(Message("repaired")), .green)
                    } else {
                        .init(console.text(Message("damaged files: \(damaged)")), .red)
                    }
                table.add([
                    .init(outcome.host.text), .init(release.name), .init(release.version),
                    .init(found.checked[release].map { "\($0)" } ?? "–"), state,
                ])
            }
        }
        console.table(table)
        for outcome in outcomes {
            for (release, files) in (outcome.value?.damaged ?? [:]).sorted(by: { $0.key < $1.key }) {
                let (name, list) = (
                    release.name, files.prefix(5).joined(separator: ", ") + (files.count > 5 ? " …" : "")
                )
                console.warning(Message("\(outcome.host): damaged in \(name): \(list)"))
            }
            console.failures((outcome.value?.problems ?? [:]).values.map { (outcome.host, $0) })
        }
    }
}
