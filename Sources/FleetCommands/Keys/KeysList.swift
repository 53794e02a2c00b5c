import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet keys`: the keys that `fleet keys new` made.
struct KeysList: Command {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Message("show the keys"),
        examples: [
            CommandExample("fleet keys list", Message("shows the keys of this user and of the project")),
            CommandExample("fleet keys --json", Message("the same for a program")),
        ],
        seeAlso: ["fleet keys new"])

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        let project = try? context.project(global)
        let folders = project?.keysFolders(home: context.home) ?? [Project.keysFolder(home: context.home)]
        let keys = folders.flatMap(StoredKey.all)
        try context.show(global) { try show(keys, $0) }
    }

    private func show(_ keys: [StoredKey], _ console: Console) throws {
        if global.json { return try console.json(KeysView(keys)) }
        guard !keys.isEmpty else { return console.note(Message("there are no keys yet: fleet keys new makes one")) }
        var table = Table(
            [
                (Message("NAME"), .left), (Message("IDENTITY"), .left), (Message("FINGERPRINT"), .left),
                (Message("FILE"), .left),
            ], thrift: Table.Thrift(cutting: [2, 3], dropping: [3, 1]))
        for key in keys {
            table.add([.init(key.name, .cyan), .init(key.identity), .init("\(key.publicKey)"), .init(key.path)])
        }
        console.table(table)
    }
}
