import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// The state of all hosts, as the tables show it.
struct CheckReport {
    private let result: CheckOperation.Result
    private let view: CheckView

    init(_ result: CheckOperation.Result) { (self.result, view) = (result, CheckView(result)) }

    func print(to console: Console) {
        var table = Table(
            [
                (Message("HOST"), .left), (Message("STATE"), .left), (Message("SYSTEM"), .left),
                (Message("CORES"), .right), (Message("MEMORY"), .right), (Message("DISK FREE"), .right),
                (Message("LOAD"), .right), (Message("METHODS"), .left),
            ], thrift: Table.Thrift(cutting: [2, 7], dropping: [6, 3, 4, 5, 2, 7]))
        for host in view.hosts { table.add(row(host, console)) }
        console.table(table)
        showPackages(on: console)
        console.failures(of: result.outcomes)
        for outcome in result.outcomes {
            guard let timeouts = outcome.value?.timeouts, !timeouts.isEmpty else { continue }
            let items = timeouts.joined(separator: ", ")
            console.warning(Message("\(outcome.host): no answer in time about \(items)"))
        }
        console.warnings(
            result.outcomes.flatMap { outcome in (outcome.value?.notes ?? []).map { (outcome.host, $0) } })
        showSummary(on: console)
    }

    private func showSummary(on console: Console) {
        let (total, alive, mismatched) = (view.summary.total, view.summary.alive, view.summary.mismatched)
        console.note(
            mismatched == 0
                ? Message("hosts alive: \(alive) of \(total)")
                : Message("hosts alive: \(alive) of \(total); with another version than here: \(mismatched)"))
    }

    private func row(_ host: CheckView.Row, _ console: Console) -> [Table.Cell] {
        let name = Table.Cell(host.name)
        if let failure = host.failure {
            return [name, .init(console.text(failure.kind.words), .red)] + Array(repeating: .init("–"), count: 6)
        }
        func bytes(_ key: String) -> String {
            if case .integer(let number) = host.facts[key] { ByteCount(number).description } else { "–" }
        }
        return [
            name, .init(console.text(Message("alive")), .green), .init(Self.system(host.facts)),
            .init(host.facts["cores"]?.shown ?? "–"), .init(bytes("memory")), .init(bytes("disk_free")),
            .init(Self.load(host.facts)), .init(host.methods.joined(separator: " ")),
        ]
    }

    private static func load(_ facts: [String: JSONValue]) -> String {
        if case .number(let load) = facts["load"] { "\(load)" } else { "–" }
    }

    /// `Debian GNU/Linux 12 x86_64`: without the version's nickname.
    private static func system(_ facts: [String: JSONValue]) -> String {
        let name = facts["os"]?.string.map { $0.prefix { $0 != "(" }.trimmingSuffix(while: \.isWhitespace) } ?? "–"
        return "\(name) \(facts["arch"]?.string ?? "")"
    }

    /// Which hosts have which version of a package, and which of them is the one built here.
    private func showPackages(on console: Console) {
        var hosts: [[String]: [String]] = [:]
        for host in view.hosts {
            for (name, package) in host.packages {
                let other = package.current ? nil : result.builtVersions[name]
                hosts[[name, package.version, other ?? ""], default: []].append(host.name)
            }
        }
        guard !hosts.isEmpty else { return }
        var table = Table(
            [
                (Message("PACKAGE"), .left), (Message("VERSION"), .left), (Message("BUILT HERE"), .left),
                (Message("HOSTS"), .left),
            ], thrift: Table.Thrift(cutting: [2, 3], dropping: [2]))
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
