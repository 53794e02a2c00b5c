import FleetArguments
import FleetBase
import FleetConfig
import FleetSSH
import FleetTerminal

/// `fleet inventory show HOST`: everything that is known of one host, and where it comes from.
struct InventoryShow: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Message("show all that is known of one host, and where it comes from"),
        seeAlso: ["fleet inventory list", "fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "HOST", help: Message("which host"), completion: .values("hosts")) var name: String

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            guard let host = try HostSelector(hosts: [name]).select(from: session.inventory).first else { return }
            let card = HostCard(
                host: host,
                settings: try session.project.origins(of: host, file: global.inventory.map(context.absolute)),
                endpoint: host.transport == .ssh ? session.endpoint(of: host) : nil,
                state: try session.project.stateStore.read()[host.name])
            if global.json { return try session.console.json(card.json) }
            card.show(on: session.console)
        }
    }
}

/// All that the files say of a host.
struct HostCard {
    let host: Host
    let settings: [SettingOrigin]
    /// Nil for this machine, which is reached without SSH.
    let endpoint: SSHEndpoint?
    let state: HostState?

    func show(on console: Console) {
        var table = Table([(Message("INVENTORY"), .left), (Message("VALUE"), .left), (Message("SOURCE"), .left)])
        table.add([.init("name"), .init(host.name.text, .cyan), .init(host.place.description, .dim)])
        for setting in settings {
            let place = setting.group.map { "\(setting.place) (\($0))" } ?? setting.place.description
            table.add([.init(setting.key), .init(setting.text), .init(place, .dim)])
        }
        console.table(table)
        show(connection, under: Message("CONNECTION"), on: console)
        guard let state else { return console.note(Message("not seen yet; look at it with: fleet inventory check")) }
        show(remembered(state, console), under: Message("LAST SEEN"), on: console)
        showPackages(state, on: console)
    }

    private func show(_ rows: [(String, String)], under title: Message, on console: Console) {
        guard !rows.isEmpty else { return }
        var table = Table([(title, .left), (Message("VALUE"), .left)])
        for row in rows { table.add([.init(row.0), .init(row.1)]) }
        console.result("")
        console.table(table)
    }

    private func showPackages(_ state: HostState, on console: Console) {
        guard !state.packages.isEmpty else { return }
        var table = Table([
            (Message("PACKAGE"), .left), (Message("VERSION"), .left), (Message("PUSHED"), .left),
            (Message("IMAGE"), .left),
        ])
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
        guard let endpoint else { return [("transport", "local")] }
        let agent = endpoint.agentSocket.map { [("agent", $0)] } ?? []
        let jumps = endpoint.jumps.isEmpty ? [] : [("jump", endpoint.jumps.map(\.address).joined(separator: " → "))]
        return [("login", endpoint.login), ("known_hosts name", endpoint.lookupName)] + jumps + agent
            + endpoint.identityFiles.map { ("key", $0) } + endpoint.knownHostsFiles.map { ("known_hosts", $0) }
    }

    private func remembered(_ state: HostState, _ console: Console) -> [(String, String)] {
        let seen = state.seen.map { [("seen", "\($0) (\(console.text($0.age())))")] } ?? []
        let key = state.hostKey.map { [("host_key", $0)] } ?? []
        let facts = state.facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.shown) }
        return seen + key + [("methods", state.methods.joined(separator: ", "))] + facts
    }

    var json: JSONValue {
        .object([
            "name": .string(host.name.text), "place": .string(host.place.description), "groups": JSONValue(host.groups),
            "tags": JSONValue(host.tags),
            "settings": .array(
                settings.map {
                    .object([
                        "key": .string($0.key), "value": .string($0.text), "group": JSONValue($0.group),
                        "place": .string($0.place.description),
                    ])
                }),
            "connection": endpoint?.json ?? .object(["transport": .string("local")]), "state": stateJSON,
        ])
    }

    private var stateJSON: JSONValue {
        guard let state, let text = try? JSONText.encode(state) else { return .null }
        return (try? JSONText.decode(JSONValue.self, from: text.utf8)) ?? .null
    }
}

extension SSHEndpoint {
    fileprivate var json: JSONValue {
        .object([
            "transport": .string("ssh"), "user": .string(user), "address": .string(address),
            "port": .integer(Int64(port.number)), "known_hosts_name": .string(lookupName),
            "keys": JSONValue(identityFiles),
            "known_hosts": JSONValue(knownHostsFiles), "agent": JSONValue(agentSocket),
            "jumps": JSONValue(jumps.map(\.address)),
        ])
    }
}
