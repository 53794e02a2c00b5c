import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet inventory list`: the hosts, from the files alone; nobody is called.
struct InventoryList: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Message("show the hosts and what each had last"),
        examples: [
            CommandExample("fleet inventory list", Message("shows all hosts without calling any")),
            CommandExample("fleet inventory list --hosts 'tag:gpu'", Message("shows the hosts that have a tag")),
        ],
        seeAlso: ["fleet inventory show", "fleet inventory check"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions

    func run(_ context: CommandContext) async throws {
        try await context.ask(InventoryQuery(selector.selector), global, show)
    }

    private func show(_ hosts: [KnownHost], _ console: Console) throws {
        let view = InventoryListView(hosts)
        if global.json { return try console.json(view) }
        guard !hosts.isEmpty else {
            return console.note(Message("the inventory names no host; add one: fleet host add NAME ADDRESS"))
        }
        var table = Table(
            [
                (Message("HOST"), .left), (Message("ADDRESS"), .left), (Message("TRANSPORT"), .left),
                (Message("GROUPS"), .left), (Message("TAGS"), .left), (Message("SLOTS"), .right),
                (Message("SEEN"), .left),
                (Message("PACKAGES"), .left),
            ], thrift: Table.Thrift(cutting: [3, 4, 7], dropping: [2, 5, 3, 4, 6, 7, 1]))
        for (known, row) in zip(hosts, view.hosts) { table.add(cells(known, row, console)) }
        console.table(table)
    }

    private func cells(_ known: KnownHost, _ row: InventoryListView.Row, _ console: Console) -> [Table.Cell] {
        let slots = row.slots.map(String.init) ?? known.state?.facts["cores"]?.shown ?? "–"
        let seen = known.state?.seen.map { console.text($0.age()) } ?? "–"
        let packages = row.packages.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.version)" }
        let texts = [
            row.login, row.transport, row.groups.joined(separator: ","), row.tags.joined(separator: ","), slots, seen,
            packages.joined(separator: ", "),
        ]
        return [.init(row.name, .cyan)] + texts.map { .init($0.isEmpty ? "–" : $0) }
    }
}
