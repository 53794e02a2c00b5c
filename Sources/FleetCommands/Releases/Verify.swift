import FleetArguments
import FleetBase
import FleetConfig
import FleetHosts
import FleetReleases
import FleetTerminal

/// `fleet verify`: reads what lies on hosts again, and mends it.
struct Verify: Command {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: Message("read every file on the hosts again and tell what has changed"),
        discussion: Message("Signatures are checked, too, where inventory/allowed_signers says whose count."),
        seeAlso: ["fleet versions", "fleet push"])

    private static let longestPath = 200

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
            try await session.checkPackages(names, on: hosts)
            let outcomes = await session.fleet.verify(names, on: hosts, repairs: repair)
            if global.json {
                try console.json(["hosts": outcomes.map { json($0, console) }])
            } else {
                show(outcomes, console)
                if outcomes.allSatisfy({ $0.value?.isEmpty == true }) {
                    console.note(Message("nothing of it is on these hosts"))
                }
                session.report(outcomes)
            }
            try session.end(outcomes.map { outcome in outcome.failure ?? outcome.value.flatMap(Self.failure) })
        }
    }

    /// A release that is still damaged or untrusted at the end is a failure of its host.
    private static func failure(_ found: Verification) -> Failure? {
        let damaged = found.damaged.keys.count { !found.repaired.contains($0) }
        if damaged > 0 { return Failure(.push, Message("damaged versions: \(damaged)")) }
        let untrusted = found.untrusted.count { !found.repaired.contains($0) }
        guard untrusted > 0 else { return nil }
        return Failure(
            .push, Message("versions that nobody has signed who may: \(untrusted)"),
            hint: Message("sign and push them again, or see who may: inventory/allowed_signers"))
    }

    private func json(_ outcome: HostOutcome<Verification>, _ console: Console) -> JSONValue {
        let found = outcome.value ?? Verification()
        let releases = found.checked.keys.sorted().map { release -> JSONValue in
            .object([
                "package": .string(release.name), "version": .string(release.version),
                "files": JSONValue(found.checked[release]), "damaged": JSONValue(found.damaged[release] ?? []),
                "repaired": .bool(found.repaired.contains(release)),
                "signature": JSONValue(found.signatures[release]?.rawValue),
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
                table.add([
                    .init(outcome.host.text), .init(release.name), .init(release.version),
                    .init(found.checked[release].map { "\($0)" } ?? "–"), state(of: release, found, console),
                ])
            }
        }
        console.table(table)
        let unable = outcomes.filter { $0.value?.signatures.values.contains(.unchecked) == true }.map(\.host)
        console.warnings(unable.map { ($0, Verification.Signature.uncheckedNote) })
        for outcome in outcomes {
            for (release, files) in (outcome.value?.damaged ?? [:]).sorted(by: { $0.key < $1.key }) {
                let (name, list) = (
                    release.name,
                    files.prefix(5).map { HostText($0).line(atMost: Self.longestPath) }.joined(separator: ", ")
                        + (files.count > 5 ? " …" : "")
                )
                console.warning(Message("\(outcome.host): damaged in \(name): \(list)"))
            }
            console.failures((outcome.value?.problems ?? [:]).values.map { (outcome.host, $0) })
        }
    }

    private func state(of release: RemoteRelease, _ found: Verification, _ console: Console) -> Table.Cell {
        let damaged = found.damaged[release]?.count ?? 0
        if found.repaired.contains(release) { return .init(console.text(Message("repaired")), .green) }
        if damaged >= Verification.mostDamaged {
            return .init(console.text(Message("damaged files: \(damaged) or more")), .red)
        }
        if damaged > 0 { return .init(console.text(Message("damaged files: \(damaged)")), .red) }
        guard found.untrusted.contains(release) else { return .init(console.text(Message("whole")), .green) }
        return .init(
            console.text(found.signatures[release] == .missing ? Message("not signed") : Message("wrong signature")),
            .red)
    }
}
