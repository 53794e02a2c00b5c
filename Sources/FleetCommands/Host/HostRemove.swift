import FleetArguments
import FleetBase
import FleetConfig
import FleetTerminal

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
        let before = try editor.inventory
        try editor.remove(name)
        warn(before, try editor.inventory, console)
        guard try await isSure(Terminal(console)) else {
            console.note(Message("nothing was changed"))
            throw Ended(code: .cancelled)
        }
        try await HostsFileEditor.update(project, context, global) { [name] editor throws(ConfigError) in
            try editor.remove(name)
        }
        let (name, store) = (name, project.stateStore)
        try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.update { $0[name] = nil } }
        if global.json { return try console.json(["removed": name.text]) }
        console.note(Message("\(name) is gone from the inventory; its key stays in known_hosts"))
    }

    /// What the removal leaves behind in the rest of the file.
    private func warn(_ before: Inventory, _ after: Inventory, _ console: Console) {
        for host in after.hosts {
            let jumps = host.jump?.split(separator: ",").map { String($0).trimmed } ?? []
            guard jumps.contains(name.text) else { continue }
            console.warning(Message("\(host.place): \(host.name) still has \(name) as its jump"))
        }
        let filled = Set(before.groups.filter { !$0.hosts.isEmpty }.map(\.name))
        for group in after.groups where group.hosts.isEmpty && filled.contains(group.name) {
            console.note(Message("the group \(group.name) has no host any more"))
        }
    }

    private func isSure(_ terminal: Terminal) async throws(ArgumentError) -> Bool {
        if yes { return true }
        guard terminal.isThere else {
            throw ArgumentError(.invalid, Message("nobody is there to ask"), hint: Message("give --yes"))
        }
        return await terminal.confirm(Message("Take \(name) out of the inventory?"))
    }
}
