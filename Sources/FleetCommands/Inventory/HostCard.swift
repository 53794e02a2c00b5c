import FleetBase
import FleetConfig
import FleetService
import FleetTerminal

/// All that the files say of a host.
struct HostCard {
    private let host: Host
    private let state: HostState?
    private let answer: HostQuery.Answer

    init(_ answer: HostQuery.Answer) {
        (host, state, self.answer) = (answer.host.host, answer.host.state, answer)
    }

    func show(on console: Console) {
        var table = Table(
            [(Message("INVENTORY"), .left), (Message("VALUE"), .left), (Message("SOURCE"), .left)],
            thrift: Table.Thrift(cutting: [1, 2], dropping: [2]))
        table.add([.init("name"), .init(host.name.text, .cyan), .init(host.place.description, .dim)])
        for setting in answer.settings {
            let place = setting.group.map { "\(setting.place) (\($0))" } ?? setting.place.description
            table.add([.init(setting.key), .init(setting.text), .init(place, .dim)])
        }
        console.table(table)
        show(connection, under: Message("CONNECTION"), on: console)
        guard let state else {
            return console.note(Message("fleet has not seen this host yet; look at it with: fleet inventory check"))
        }
        show(remembered(state, console), under: Message("LAST SEEN"), on: console)
        showPackages(state, on: console)
    }

    private func show(_ rows: [(String, String)], under title: Message, on console: Console) {
        guard !rows.isEmpty else { return }
        var table = Table([(title, .left), (Message("VALUE"), .left)], thrift: Table.Thrift(cutting: [1]))
        for row in rows { table.add([.init(row.0), .init(row.1)]) }
        console.result("")
        console.table(table)
    }

    private func showPackages(_ state: HostState, on console: Console) {
        guard !state.packages.isEmpty else { return }
        var table = Table(
            [
                (Message("PACKAGE"), .left), (Message("VERSION"), .left), (Message("PUSHED"), .left),
                (Message("IMAGE"), .left),
            ], thrift: Table.Thrift(dropping: [3, 2]))
        for (name, package) in state.packages.sorted(by: { $0.key < $1.key }) {
            table.add([
                .init(name), .init(package.version), .init(console.text(package.pushed.age())),
                .init(package.image.map(Self.short) ?? "–"),
            ])
        }
        console.result("")
        console.table(table)
    }

    /// As engines show it.
    private static func short(_ image: String) -> String {
        String((image.hasPrefix("sha256:") ? image.dropFirst(7) : image[...]).prefix(12))
    }

    private var connection: [(String, String)] {
        guard let connection = answer.host.connection else { return [("transport", "local")] }
        let agent = connection.agent.map { [("agent", $0)] } ?? []
        let jumps = connection.jumps.isEmpty ? [] : [("jump", connection.jumps.joined(separator: " → "))]
        return [("login", connection.login), ("known_hosts name", connection.knownHostsName)] + jumps + agent
            + connection.keys.map { ("key", $0) } + connection.knownHosts.map { ("known_hosts", $0) }
    }

    private func remembered(_ state: HostState, _ console: Console) -> [(String, String)] {
        let seen = state.seen.map { [("seen", "\($0) (\(console.text($0.age())))")] } ?? []
        let key = state.hostKey.map { [("host_key", $0)] } ?? []
        let facts = state.facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.shown) }
        return seen + key + [("methods", state.methods.joined(separator: ", "))] + facts
    }
}
