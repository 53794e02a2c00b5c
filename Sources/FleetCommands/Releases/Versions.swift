import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet versions`: which host has which version of each package.
struct Versions: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: Message("see which host has which version of each package"),
        examples: [
            CommandExample("fleet versions", Message("shows all packages on all hosts")),
            CommandExample(
                "fleet versions benchmark --group lab", Message("shows one package on the hosts of a group")),
        ],
        seeAlso: ["fleet push", "fleet rollback", "fleet prune"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(
        valueName: "PACKAGE", help: Message("which packages; all when left out"), completion: .values("packages"))
    var names: [String]

    func run(_ context: CommandContext) async throws {
        let operation = VersionsOperation(names, on: selector.selector)
        try await context.perform(operation, global) { result, console in
            let view = VersionsView(result)
            if global.json {
                try console.json(view)
            } else {
                VersionMatrix(view, result.packages).print(to: console)
                console.failures(of: result.outcomes)
                tellBehind(view, console)
            }
            return view.hosts.map(\.failure)
        }
    }

    private func tellBehind(_ view: VersionsView, _ console: Console) {
        let behind = view.hosts.count { $0.packages.values.contains { $0.current != nil && $0.behind } }
        if behind > 0 { console.note(Message("hosts with another version than is built here: \(behind)")) }
    }
}

/// Hosts by packages, as a table shows them.
struct VersionMatrix {
    private let view: VersionsView
    private let names: [String]

    init(_ view: VersionsView, _ names: [String]) { (self.view, self.names) = (view, names) }

    /// Where it is too wide for the terminal, digests are as short as they can be, and then there are several tables.
    func print(to console: Console) {
        guard let width = console.tableWidth else { return console.table(table(console) { $1 }) }
        let whole = table(console) { $1 }
        let isWide = whole.lines(in: console.language).contains { $0.columns > width }
        guard isWide else { return console.table(whole) }
        let lengths = Dictionary(uniqueKeysWithValues: names.map { ($0, length(of: $0)) })
        let short = table(console) { name, version in Self.short(version, lengths[name] ?? Self.longest) }
        for table in short.split(into: width, in: console.language) { console.table(table) }
    }

    private func table(_ console: Console, version: (_ package: String, _ version: String) -> String) -> Table {
        var table = Table([(Message("HOST"), .left)] + names.map { (Message(verbatim: $0), .left) })
        table.add(
            [.init(console.text(Message("built here")), .dim)]
                + names.map { name in .init(view.built[name].map { version(name, $0) } ?? "–", .dim) })
        for row in view.hosts {
            table.add(
                [.init(row.host)]
                    + names.map { name in
                        row.failure == nil ? cell(row.packages[name]) { version(name, $0) } : .init("?", .dim)
                    })
        }
        return table
    }

    private static let longest = 12

    /// How many digits of the digests tell a package's versions apart.
    private func length(of package: String) -> Int {
        let current = view.hosts.compactMap { $0.packages[package]?.current }
        let versions = Set(current + [view.built[package]].compactMap(\.self))
        return (4...Self.longest).first { length in
            Set(versions.map { Self.short($0, length) }).count == versions.count
        } ?? Self.longest
    }

    private static func short(_ version: String, _ length: Int) -> String {
        guard let dash = version.lastIndex(of: "-") else { return version }
        return String(version[...dash] + version[dash...].dropFirst().prefix(length))
    }

    /// The current version, and how many others lie beside it.
    private func cell(_ package: VersionsView.Version?, _ shown: (String) -> String) -> Table.Cell {
        guard let package, let version = package.current else {
            return .init("–", package?.behind == true ? .yellow : .dim)
        }
        let others = package.versions.count - 1
        return .init(shown(version) + (others > 0 ? " +\(others)" : ""), package.behind ? .yellow : .green)
    }
}
