import FleetArguments
import FleetBase
import FleetConfig
import FleetTerminal

/// `fleet inventory import FILE`: the hosts of another tool's file that are not here yet.
struct InventoryImport: Command {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: Message("add the hosts of another tool's file"),
        discussion: Message(
            "Hosts that are here already stay as they are; where the file says something else, it is told."),
        seeAlso: ["fleet inventory list", "fleet host pin"])

    @OptionGroup var global: GlobalOptions
    @Option(name: .long("kind"), valueName: "KIND", help: Message("what the file is; found out when left out"))
    var kind: ImportKindName?
    @Flag(name: .long("dry-run"), help: Message("show what would be added and write nothing")) var dryRun
    @Argument(
        valueName: "FILE", help: Message("a list of workers, an Ansible inventory or an ssh_config"), completion: .files
    )
    var file: String

    func run(_ context: CommandContext) async throws {
        let project = try context.project(global)
        let found = try HostImport(file: context.absolute(file), shownAs: file, kind: kind?.kind)
        var editor = try HostsFileEditor(project, context, global)
        let merge =
            dryRun
            ? try HostMerge(found, into: &editor)
            : try await HostsFileEditor.update(project, context, global) { editor throws(ConfigError) in
                try HostMerge(found, into: &editor)
            }
        let console = context.console(global)
        if global.json { return try console.json(merge.json(dryRun: dryRun, console)) }
        show(merge, console)
    }

    private func show(_ merge: HostMerge, _ console: Console) {
        let width = merge.names.map(\.count).max() ?? 0
        for host in merge.added { console.result("+ \(host.name.text.padded(to: width))  \(host.summary)") }
        for host in merge.present { console.result("= \(host.text.padded(to: width))") }
        for (host, differences) in merge.different {
            for difference in differences {
                console.result("! \(host.text.padded(to: width))  \(console.text(difference))")
            }
        }
        for note in merge.notes { console.note(note) }
        let (added, kept) = (merge.added.count, merge.present.count + merge.different.count)
        console.note(
            dryRun
                ? Message("to add: \(added), here already: \(kept); nothing was written")
                : Message("added: \(added), here already: \(kept)"))
        guard !dryRun, !merge.added.isEmpty else { return }
        let names = merge.added.map(\.name.text).joined(separator: " ")
        let command = merge.added.count > 5 ? "fleet host pin --all" : "fleet host pin \(names)"
        console.note(Message("pin the keys of the new hosts with: \(command)"))
    }
}

/// What an import changes.
struct HostMerge: Sendable {
    private(set) var added: [HostDraft] = []
    /// Here already, alike.
    private(set) var present: [HostName] = []
    /// Here already, and the file says something else.
    private(set) var different: [(host: HostName, differences: [Message])] = []
    let notes: [Message]

    init(_ found: HostImport, into editor: inout HostsFileEditor) throws(ConfigError) {
        notes = found.notes
        let inventory = try editor.inventory
        for draft in found.hosts {
            guard let host = inventory[draft.name] else {
                try editor.add(draft)
                added.append(draft)
                continue
            }
            let differences = draft.differences(from: host)
            if differences.isEmpty { present.append(host.name) } else { different.append((host.name, differences)) }
        }
    }

    var names: [String] { added.map(\.name.text) + present.map(\.text) + different.map(\.host.text) }

    func json(dryRun: Bool, _ console: Console) -> JSONValue {
        .object([
            "dry_run": .bool(dryRun), "added": JSONValue(added.map(\.name.text)),
            "present": JSONValue(present.map(\.text)),
            "different": .array(
                different.map {
                    .object(["host": .string($0.host.text), "differences": JSONValue($0.differences.map(console.text))])
                }),
            "notes": JSONValue(notes.map(console.text)),
        ])
    }
}

extension HostDraft {
    /// `ana@192.0.2.5:2222`, with only what is known.
    var summary: String {
        let place = (user.map { "\($0)@" } ?? "") + (address ?? name.text) + (port.map { ":\($0)" } ?? "")
        return ([place] + groups.map { "[\($0)]" }).joined(separator: " ")
    }

    /// What the draft says otherwise; what it leaves open agrees with everything.
    fileprivate func differences(from host: Host) -> [Message] {
        let pairs: [(key: String, here: String?, there: String?)] = [
            ("address", host.address, address), ("user", host.user, user),
            ("port", host.port?.description, port?.description), ("jump", host.jump, jump),
        ]
        return pairs.compactMap { pair in
            guard let there = pair.there, there != pair.here else { return nil }
            let here = pair.here ?? "–"
            return Message("\(pair.key) is \(here) here and \(there) in the file")
        }
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

extension HostsFileEditor {
    /// The file that the command line means: the project's, or `--inventory`.
    init(_ project: Project, _ context: CommandContext, _ options: GlobalOptions) throws(ConfigError) {
        try self.init(
            file: options.inventory.map(context.absolute) ?? project.hostsFile,
            paths: PathBase(folder: project.folder, home: context.home))
    }

    /// Changes that file as it is now, which may be another than the one that a person was shown before.
    static func update<Value: Sendable>(
        _ project: Project, _ context: CommandContext, _ options: GlobalOptions,
        _ change: @escaping @Sendable (inout HostsFileEditor) throws(ConfigError) -> Value
    ) async throws -> Value {
        try await ThreadExecutor.disk.run {
            try update(
                file: options.inventory.map(context.absolute) ?? project.hostsFile,
                paths: PathBase(folder: project.folder, home: context.home), lock: project.inventoryLock, change)
        }
    }
}
