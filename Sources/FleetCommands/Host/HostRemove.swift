import FleetArguments
import FleetBase
import FleetConfig

/// `fleet host remove NAME`: the inventory forgets a host; nothing is done on the host itself.
struct HostRemove: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: Message("take a host out of the inventory"),
        discussion: Message("Nothing is done on the host itself, and what was run there stays in the ledger."),
        seeAlso: ["fleet host add"])

    @OptionGroup var global: GlobalOptions
    @Flag(name: .short("y"), .long("yes"), help: Message("without asking")) var yes
    @Argument(valueName: "NAME", help: Message("which host"), completion: .values("hosts")) var name: HostName

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let project = try context.project(global)
        var editor = try HostsFileEditor(project, context, global)
        try editor.remove(name)
        guard try await isSure(Terminal(console)) else {
            console.note(Message("nothing was changed"))
            throw Ended(code: .cancelled)
        }
        try editor.save()
        let (name, store) = (name, project.stateStore)
        try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.update { $0[name] = nil } }
        if global.json { return try console.json(["removed": name.text]) }
        console.note(Message("\(name) is gone from the inventory; its key stays in known_hosts"))
    }

    private func isSure(_ terminal: Terminal) async throws(ArgumentError) -> Bool {
        if yes { return true }
        guard terminal.isThere else {
            throw ArgumentError(.invalid, Message("nobody is there to ask"), hint: Message("give --yes"))
        }
        return await terminal.confirm(Message("Take \(name) out of the inventory?"))
    }
}
