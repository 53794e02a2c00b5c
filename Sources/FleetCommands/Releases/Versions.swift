import FleetArguments
import FleetBase
import FleetConfig
import FleetHosts
import FleetReleases
import FleetTerminal

/// `fleet versions`: which host has which version of each package.
struct Versions: Command {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: Message("see which host has which version of each package"),
        seeAlso: ["fleet push", "fleet rollback", "fleet prune"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try session.hosts(selector)
            let built = try await ThreadExecutor.disk.run { [project = session.project] in
                try PackageBuilder(project).builtVersions()
            }
            let outcomes = await session.fleet.probe(hosts)
            await session.remember(outcomes)
            let matrix = VersionMatrix(outcomes, built: built, names: names)
            if global.json {
                try session.console.json(matrix.json(session.console))
            } else {
                matrix.print(to: session.console)
            }
            try session.end(outcomes.map(\.failure))
        }
    }
}

/// Hosts by packages.
private struct VersionMatrix {
    private let outcomes: [HostOutcome<Facts>]
    private let built: [String: String]
    private let names: [String]

    init(_ outcomes: [HostOutcome<Facts>], built: [String: String], names: [String]) {
        self.outcomes = outcomes
        self.built = built
        let found = Set(outcomes.flatMap { $0.value?.packages.keys.map(\.self) ?? [] }).union(built.keys)
        self.names = names.isEmpty ? found.sorted() : names
    }

    private func isBehind(_ name: String, _ version: String?) -> Bool { built[name].map { $0 != version } ?? false }

    func json(_ console: Console) -> JSONValue {
        .object([
            "built": .object(built.filter { names.contains($0.key) }.mapValues(JSONValue.string)),
            "hosts": .array(
                outcomes.map { outcome in
                    let packages = names.map { name -> (String, JSONValue) in
                        let installed = outcome.value?.packages[name]
                        return (
                            name,
                            .object([
                                "current": JSONValue(installed?.current),
                                "versions": JSONValue((installed?.versions ?? []).sorted()),
                                "behind": .bool(outcome.value != nil && isBehind(name, installed?.current)),
                            ])
                        )
                    }
                    return .object([
                        "host": .string(outcome.host.text),
                        "packages": .object(Dictionary(uniqueKeysWithValues: packages)),
                        "failure": JSONValue(outcome.failure, console),
                    ])
                }),
        ])
    }

    func print(to console: Console) {
        var table = Table([(Message("HOST"), .left)] + names.map { (Message(verbatim: $0), .left) })
        table.add([.init(console.text(Message("built here")), .dim)] + names.map { .init(built[$0] ?? "–", .dim) })
        for outcome in outcomes {
            let packages = outcome.value?.packages
            table.add(
                [.init(outcome.host.text)]
                    + names.map { name in packages.map { cell(name, $0[name]) } ?? .init("?", .dim) })
        }
        console.table(table)
        console.failures(outcomes.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
        let behind = outcomes.count { outcome in
            names.contains { name in outcome.value?.packages[name]?.current.map { isBehind(name, $0) } ?? false }
        }
        if behind > 0 { console.note(Message("hosts with another version than is built here: \(behind)")) }
    }

    /// The current version, and how many others lie beside it.
    private func cell(_ name: String, _ installed: Facts.Installed?) -> Table.Cell {
        guard let version = installed?.current else { return .init("–", isBehind(name, nil) ? .yellow : .dim) }
        let others = (installed?.versions.count ?? 1) - 1
        return .init(version + (others > 0 ? " +\(others)" : ""), isBehind(name, version) ? .yellow : .green)
    }
}
