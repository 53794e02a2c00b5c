import FleetBase
import FleetConfig
import FleetHosts
import FleetService
import FleetTerminal
import FleetViews

/// The state of all hosts, as the tables show it.
struct CheckReport {
    /// One host, what it said, and what is built here.
    struct Entry {
        let host: Host
        let outcome: HostOutcome<Facts>
        /// The version on the host and, when another one is built here, that one; by package.
        let packages: [String: (version: String, other: String?)]
    }

    private let entries: [Entry]
    private let summary: CheckView.Summary

    init(_ result: CheckOperation.Result) {
        let view = CheckView(result)
        summary = view.summary
        entries = zip(view.hosts, zip(result.hosts, result.outcomes)).map { row, host in
            let packages = row.packages.map { name, package in
                (name, (package.version, package.current ? nil : result.builtVersions[name]))
            }
            return Entry(
                host: host.0, outcome: host.1, packages: Dictionary(uniqueKeysWithValues: packages))
        }
    }

    func print(to console: Console) {
        var table = Table([
            (Message("HOST"), .left), (Message("STATE"), .left), (Message("SYSTEM"), .left),
            (Message("CORES"), .right), (Message("MEMORY"), .right), (Message("DISK FREE"), .right),
            (Message("LOAD"), .right), (Message("METHODS"), .left),
        ])
        for entry in entries { table.add(row(entry, console)) }
        console.table(table)
        showPackages(on: console)
        console.failures(entries.compactMap { entry in entry.outcome.failure.map { (entry.host.name, $0) } })
        for entry in entries {
            guard let timeouts = entry.outcome.value?.timeouts, !timeouts.isEmpty else { continue }
            let items = timeouts.joined(separator: ", ")
            console.warning(Message("\(entry.host.name): no answer in time about \(items)"))
        }
        console.warnings(
            entries.flatMap { entry in (entry.outcome.value?.greeting.notes ?? []).map { (entry.host.name, $0) } })
        let (total, alive, mismatched) = (summary.total, summary.alive, summary.mismatched)
        console.note(
            mismatched == 0
                ? Message("hosts alive: \(alive) of \(total)")
                : Message("hosts alive: \(alive) of \(total); with another version than here: \(mismatched)"))
    }

    private func row(_ entry: Entry, _ console: Console) -> [Table.Cell] {
        let name = Table.Cell(entry.host.name.text)
        guard let facts = entry.outcome.value else {
            let kind = entry.outcome.failure?.kind.rawValue ?? ""
            return [name, .init(kind, .red)] + Array(repeating: .init("–"), count: 6)
        }
        return [
            name, .init(console.text(Message("alive")), .green), .init(Self.system(facts)),
            .init(facts.number("cores").map { "\($0)" } ?? "–"),
            .init(facts.number("memory").map { ByteCount($0).description } ?? "–"),
            .init(facts.number("disk_free").map { ByteCount($0).description } ?? "–"), .init(facts.load ?? "–"),
            .init(facts.methods.map(\.rawValue).joined(separator: " ")),
        ]
    }

    /// `Debian GNU/Linux 12 x86_64`: without the version's nickname.
    private static func system(_ facts: Facts) -> String {
        let name = facts["os"].map { $0.prefix { $0 != "(" }.trimmingSuffix(while: \.isWhitespace) } ?? "–"
        return "\(name) \(facts.architecture)"
    }

    /// Which hosts have which version of a package, and which of them is the one built here.
    private func showPackages(on console: Console) {
        var hosts: [[String]: [String]] = [:]
        for entry in entries {
            for (name, package) in entry.packages {
                hosts[[name, package.version, package.other ?? ""], default: []].append(entry.host.name.text)
            }
        }
        guard !hosts.isEmpty else { return }
        var table = Table([
            (Message("PACKAGE"), .left), (Message("VERSION"), .left), (Message("BUILT HERE"), .left),
            (Message("HOSTS"), .left),
        ])
        for (release, names) in hosts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let isOther = !release[2].isEmpty
            table.add([
                .init(release[0]), .init(release[1], isOther ? .yellow : nil),
                .init(isOther ? release[2] : console.text(Message("the same")), isOther ? .yellow : nil),
                .init(names.joined(separator: ", ")),
            ])
        }
        console.table(table)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
