import FleetBase
import FleetConfig
import FleetEngine

/// The state of all hosts, as `--json` and the table show it.
struct CheckReport: Encodable {
    struct Installed: Encodable {
        let version: String
        /// Whether it is what is built here.
        let current: Bool
    }

    struct HostReport: Encodable {
        let name: String
        let address: String
        let alive: Bool
        let failure: FailureReport?
        let facts: [String: JSONValue]
        let methods: [String]
        let packages: [String: Installed]

        var isMismatched: Bool { packages.values.contains { !$0.current } }
    }

    struct Summary: Encodable {
        let total: Int
        let alive: Int
        let dead: Int
        let mismatched: Int
    }

    let hosts: [HostReport]
    let summary: Summary
    private let outcomes: [HostOutcome<Facts>]
    private let expected: [String: String]

    private enum CodingKeys: String, CodingKey { case hosts, summary }

    /// - Parameter expected: the versions built here, by package.
    init(_ hosts: [Host], _ outcomes: [HostOutcome<Facts>], expected: [String: String], _ console: Console) {
        self.outcomes = outcomes
        self.expected = expected
        self.hosts = zip(hosts, outcomes).map { host, outcome in
            let facts = outcome.value
            let packages = (facts?.packages ?? [:]).compactMapValues { installed in
                installed.current
            }
            return HostReport(
                name: host.name.text, address: host.address, alive: facts != nil,
                failure: outcome.failure.map { FailureReport($0, console) }, facts: facts?.json ?? [:],
                methods: (facts?.methods ?? []).map(\.rawValue),
                packages: Dictionary(
                    uniqueKeysWithValues: packages.map { name, version in
                        (name, Installed(version: version, current: expected[name] == nil || expected[name] == version))
                    }))
        }
        let alive = self.hosts.count(where: \.alive)
        summary = Summary(
            total: hosts.count, alive: alive, dead: hosts.count - alive,
            mismatched: self.hosts.count(where: \.isMismatched))
    }

    func print(to console: Console) {
        var table = Table([
            (Message("HOST"), .left), (Message("STATE"), .left), (Message("SYSTEM"), .left), (Message("ARCH"), .left),
            (Message("CORES"), .right), (Message("MEMORY"), .right), (Message("DISK FREE"), .right),
            (Message("LOAD"), .right), (Message("METHODS"), .left), (Message("PACKAGES"), .left),
        ])
        for (host, outcome) in zip(hosts, outcomes) {
            table.add(row(host, outcome, console))
        }
        console.table(table)
        for outcome in outcomes { if let failure = outcome.failure { console.failure(failure, on: outcome.host) } }
        for outcome in outcomes {
            guard let timeouts = outcome.value?.timeouts, !timeouts.isEmpty else { continue }
            let items = timeouts.joined(separator: ", ")
            console.warning(Message("\(outcome.host): no answer in time about \(items)"))
        }
        let mismatched = summary.mismatched
        console.note(
            mismatched == 0
                ? Message("\(summary.alive) of \(summary.total) hosts are alive")
                : Message(
                    "\(summary.alive) of \(summary.total) hosts are alive, \(mismatched) with another version than here"
                ))
    }

    private func row(_ host: HostReport, _ outcome: HostOutcome<Facts>, _ console: Console) -> [Table.Cell] {
        guard let facts = outcome.value else {
            let kind = outcome.failure?.kind.rawValue ?? ""
            return [.init(host.name), .init(kind, .red)] + Array(repeating: .init("–"), count: 8)
        }
        return [
            .init(host.name), .init(console.text(Message("alive")), .green), .init(facts["os"] ?? "–"),
            .init(facts.architecture), .init(facts.number("cores").map { "\($0)" } ?? "–"),
            .init(facts.number("memory").map { ByteCount($0).description } ?? "–"),
            .init(facts.number("disk_free").map { ByteCount($0).description } ?? "–"),
            .init(facts.load ?? "–"), .init(host.methods.joined(separator: " ")), packagesCell(host, console),
        ]
    }

    private func packagesCell(_ host: HostReport, _ console: Console) -> Table.Cell {
        let texts = host.packages.sorted { $0.key < $1.key }.map { name, installed in
            "\(name) \(installed.version)" + (installed.current ? "" : " ≠ \(expected[name] ?? "")")
        }
        guard !texts.isEmpty else { return .init("–") }
        return .init(texts.joined(separator: ", "), host.isMismatched ? .yellow : nil)
    }
}
