import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal
import FleetViews

/// `fleet inventory import FILE`: the hosts of another tool's file that are not here yet.
struct InventoryImport: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: Message("add the hosts of another tool's file"),
        discussion: Message(
            "Hosts that are in the inventory already stay as they are; fleet tells where the file says something else."),
        examples: [
            CommandExample("fleet inventory import ~/.ssh/config", Message("adds the hosts of your SSH configuration")),
            CommandExample(
                "fleet inventory import hosts.ini --dry-run", Message("shows what an Ansible inventory would add")),
        ],
        seeAlso: ["fleet inventory list", "fleet host pin"])

    @OptionGroup var global: GlobalOptions
    @Option(name: .long("kind"), valueName: "KIND", help: Message("what the file is; fleet finds it out when left out"))
    var kind: ImportKindName?
    @Flag(name: .long("dry-run"), help: Message("show what would be added and write nothing")) var dryRun
    @Flag(
        name: .long("same-machine"),
        help: Message("go on where the inventory has machines under other names already"))
    var sameMachine
    @Argument(
        valueName: "FILE", help: Message("a list of workers, an Ansible inventory or an ssh_config"), completion: .files
    )
    var file: String

    func run(_ context: CommandContext) async throws {
        var operation = InventoryImportOperation(context.absolute(file), shownAs: file, kind: kind?.kind)
        operation.dryRun = dryRun
        operation.takesTwins = sameMachine
        let console = context.console(global)
        let questions = PersonalQuestions(console, json: global.json)
        try await context.perform(operation, global, on: console, approver: questions.answer) { merge, console in
            if global.json {
                try console.json(InventoryImportView(merge, dryRun: dryRun))
            } else {
                show(merge, console)
            }
            return []
        }
    }

    private func show(_ merge: HostMerge, _ console: Console) {
        let hosts = merge.added.map(\.name) + merge.present + merge.different.map(\.host)
        let width = hosts.map(\.text.count).max() ?? 0
        for host in merge.added { console.result("+ \(host.name.text.padded(to: width))  \(host.summary)") }
        for host in merge.present { console.result("= \(host.text.padded(to: width))") }
        for (host, differences) in merge.different {
            for difference in differences {
                console.result("! \(host.text.padded(to: width))  \(console.text(difference))")
            }
        }
        if dryRun || sameMachine { for twin in merge.twins { console.warning(twin.sentence) } }
        for note in merge.notes { console.note(note) }
        let (added, kept) = (merge.added.count, merge.present.count + merge.different.count)
        console.note(
            dryRun
                ? Message("to add: \(added), in the inventory already: \(kept); nothing was written")
                : Message("added: \(added), in the inventory already: \(kept)"))
        guard !dryRun, !merge.added.isEmpty else { return }
        let names = merge.added.map(\.name.text).joined(separator: " ")
        let command = merge.added.count > 5 ? "fleet host pin --all" : "fleet host pin \(names)"
        console.note(Message("pin the keys of the new hosts with: \(command)"))
    }
}

extension HostDraft {
    /// `ana@192.0.2.5:2222`, with only what is known.
    var summary: String {
        let place = (user.map { "\($0)@" } ?? "") + (address ?? name.text) + (port.map { ":\($0)" } ?? "")
        return ([place] + groups.map { "[\($0)]" }).joined(separator: " ")
    }
}

/// `--kind`.
struct ImportKindName: ExpressibleByArgument {
    static let allValueStrings = ImportKind.allCases.map(\.rawValue)

    let kind: ImportKind

    init(argument: String) throws(ValueError) {
        guard let kind = ImportKind(rawValue: argument) else {
            let names = Self.allValueStrings.joined(separator: ", ")
            throw ValueError(Message("\"\(argument)\" is not one of \(names)"))
        }
        self.kind = kind
    }
}
