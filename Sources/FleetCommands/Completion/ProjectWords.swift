import FleetArguments
import FleetBase
import FleetConfig
import FleetService
import FleetTerminal

/// A command whose further options depend on what was typed so far: the parameters of a package.
protocol OptionsAtRunTime: Command where Context == CommandContext {
    func optionsAtRunTime(_ context: CommandContext) -> [DynamicOption]
}

extension FleetProgram {
    /// Answers a shell that completes a line. It says nothing rather than an error: the line is not finished.
    static func complete(_ typed: [String], _ context: CommandContext) {
        let words = ProjectWords(typed, context)
        let completer = Completer(
            root, values: { words.values($0) },
            dynamicOptions: { ($0 as? any OptionsAtRunTime)?.optionsAtRunTime(context) ?? [] },
            optionWords: { command, option in
                guard option == "--engine", let name = (command as? RunPackage)?.name else { return [] }
                return words.engines(of: name)
            })
        let console = Console(language: Language(environment: context.environment), environment: context.environment)
        for line in completer.complete(typed, in: console.language).lines { console.result(line) }
    }
}

/// The names of a project, for completion; none where there is no project or its files can't be read.
struct ProjectWords: Sendable {
    private let project: Project?
    private let home: String
    private let inventoryFile: String?
    /// As it was typed before the names of its tasks.
    private let tasksFile: String?

    init(_ typed: [String], _ context: CommandContext) {
        let folder = Self.value(of: "--project", in: typed) ?? context.variable("FLEET_PROJECT")
        project =
            folder.map { Project(folder: context.absolute($0)) } ?? (try? Project.nearest(to: context.directory))
        home = context.home
        inventoryFile =
            (Self.value(of: "--inventory", in: typed) ?? context.variable("FLEET_INVENTORY")).map(context.absolute)
        let isValue = { (index: Int) in index > 0 && ["--project", "--inventory"].contains(typed[index - 1]) }
        tasksFile = typed.indices.dropLast().first { TaskWords.isFile(typed[$0]) && !isValue($0) }
            .map { context.absolute(typed[$0]) }
    }

    private static func value(of option: String, in words: [String]) -> String? {
        words.firstIndex(of: option).flatMap { words.dropFirst($0 + 1).first }
    }

    func values(_ kind: String) -> [String] {
        switch kind {
        case "hosts": inventory?.hosts.map(\.name.text) ?? []
        case "groups": inventory?.groups.map(\.name) ?? []
        case "packages": project?.packageNames ?? []
        case "tasks": taskNames
        case "keys": keyNames
        case "runs": ["last"] + runNames
        default: []
        }
    }

    func engines(of package: String) -> [String] {
        (try? project?.package(package))?.engines.map(\.name) ?? []
    }

    private var taskNames: [String] { (try? project?.tasks(file: tasksFile))?.tasks.map(\.name) ?? [] }

    private var keyNames: [String] {
        let folders = project?.keysFolders(home: home) ?? [Project.keysFolder(home: home)]
        return folders.flatMap(StoredKey.all).map(\.name)
    }

    private var inventory: Inventory? { try? project?.inventory(home: home, file: inventoryFile) }

    /// From the folders of results: opening the ledger takes longer than a Tab should.
    private var runNames: [String] { project.map { FileText.names(in: $0.workFolder + "/results") } ?? [] }
}
