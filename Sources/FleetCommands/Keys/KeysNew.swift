import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet keys new [NAME]`: a key to sign packages with.
struct KeysNew: Command {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: Message("make a key to sign packages with"),
        discussion: Message("The key has no passphrase; ssh-keygen -p gives it one, and ssh-add opens it for a while."),
        examples: [
            CommandExample("fleet keys new", Message("makes the key that fleet uses when none is named")),
            CommandExample(
                "fleet keys new release --identity ana@example.org",
                Message("makes another key with an identity of your choice")),
        ],
        seeAlso: ["fleet keys show", "fleet package --sign KEY"])

    @OptionGroup var global: GlobalOptions
    @Flag(
        name: .long("in-project"),
        help: Message("keep the key in the project's .fleet/keys, not in ~/.config/fleet/keys"))
    var inProject
    @Option(
        name: .long("identity"), valueName: "WHO",
        help: Message("the identity that others see; USER@MACHINE when left out"))
    var identity: String?
    @Argument(valueName: "NAME", help: Message("the key's name; fleet when left out")) var name: String?

    func run(_ context: CommandContext) async throws {
        let folder = inProject ? try context.project(global).keysFolder : Project.keysFolder(home: context.home)
        let key = try StoredKey.make(name ?? StoredKey.usualName, in: folder, identity: identity)
        try context.show(global) { try show(key, $0) }
    }

    private func show(_ key: StoredKey, _ console: Console) throws {
        if global.json { return try console.json(KeyView(key)) }
        console.result(key.path)
        console.note(
            Message(
                "to trust this key, put the line that `fleet keys show \(key.name)` prints into inventory/allowed_signers"
            ))
        console.note(
            Message("sign with it: fleet package --sign \(key.name), or signing_key: \(key.name) in hosts.yaml"))
    }
}
