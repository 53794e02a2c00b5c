import FleetArguments
import FleetBase
import FleetConfig
import FleetTerminal

/// `fleet inventory list`: the hosts, from the files alone; nobody is called.
struct InventoryList: Command {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Message("show the hosts and what each had last"),
        seeAlso: ["fleet inventory show", "fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let state = try session.project.stateStore.read()
            let hosts = try selector.selector?.select(from: session.inventory) ?? session.inventory.hosts
            let rows = hosts.map { HostRow($0, state[$0.name], session) }
            if global.json { return try session.console.json(["hosts": rows.map(\.json)]) }
            guard !rows.isEmpty else {
                return session.console.note(
                    Message("the inventory names no host; add one: fleet host add NAME ADDRESS"))
            }
            session.console.table(Self.table(rows, session.console))
        }
    }

    private static func table(_ rows: [HostRow], _ console: Console) -> Table {
        var table = Table([
            (Message("HOST"), .left), (Message("ADDRESS"), .left), (Message("TRANSPORT"), .left),
            (Message("GROUPS"), .left), (Message("TAGS"), .left), (Message("SLOTS"), .right), (Message("SEEN"), .left),
            (Message("PACKAGES"), .left),
        ])
        for row in rows { table.add(row.cells(console)) }
        return table
    }
}

/// A host with where it is reached and what is remembered of it.
struct HostRow {
    private let host: Host
    private let state: HostState?
    /// `user@address:port` as a connection would use it.
    private let login: String

    init(_ host: Host, _ state: HostState?, _ session: Session) {
        self.host = host
        self.state = state
        login = host.transport == .local ? host.address : session.endpoint(of: host).login
    }

    private var packages: [String] {
        (state?.packages ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.version)" }
    }

    func cells(_ console: Console) -> [Table.Cell] {
        let slots = host.slots.map(String.init) ?? state?.facts["cores"]?.shown ?? "–"
        let seen = state?.seen.map { console.text($0.age()) } ?? "–"
        let texts = [
            login, host.transport.rawValue, host.groups.joined(separator: ","), host.tags.joined(separator: ","), slots,
            seen, packages.joined(separator: ", "),
        ]
        return [.init(host.name.text, .cyan)] + texts.map { .init($0.isEmpty ? "–" : $0) }
    }

    var json: JSONValue {
        .object([
            "name": .string(host.name.text), "address": .string(host.address), "login": .string(login),
            "transport": .string(host.transport.rawValue), "groups": JSONValue(host.groups),
            "tags": JSONValue(host.tags), "slots": JSONValue(host.slots), "seen": JSONValue(state?.seen?.description),
            "packages": .object((state?.packages ?? [:]).mapValues { .object(["version": .string($0.version)]) }),
        ])
    }
}
