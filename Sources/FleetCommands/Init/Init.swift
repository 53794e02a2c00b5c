import FleetArguments
import FleetBase
import FleetConfig
import FleetTerminal
import FleetViews

/// `fleet init [DIR]`: a project to start from.
struct Init: Command {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: Message("make a project that explains itself: an inventory, tasks, a small package"),
        discussion: Message("Files that are there already stay as they are."),
        examples: [
            CommandExample("fleet init ~/work", Message("makes a project in a new folder")),
            CommandExample("fleet init", Message("makes a project in this folder")),
        ],
        seeAlso: ["fleet host add", "fleet inventory import"])

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "DIR", help: Message("where; this folder when left out"), completion: .directories)
    var folder: String?

    func run(_ context: CommandContext) async throws {
        let place = folder ?? global.project
        let language = context.console(global).language
        let (project, written) = try Project.create(
            at: place.map(context.absolute) ?? context.directory, in: language)
        try context.show(global) { try show(project, written, at: place, context.directory, $0) }
    }

    private func show(
        _ project: Project, _ written: [String], at place: String?, _ directory: String, _ console: Console
    ) throws {
        if global.json {
            return try console.json(InitView(project.folder, written))
        }
        for file in written { console.result(place.map { "\($0)/\(file)" } ?? file) }
        console.note(
            written.isEmpty
                ? Message("everything is there already in \(project.folder)")
                : Message("made a project in \(project.folder)"))
        showNext(in: FileText.isSame(project.folder, directory) ? nil : place, console)
    }

    private func showNext(in place: String?, _ console: Console) {
        let change = place.map { ["cd \(ShellWord($0).rendered)"] } ?? []
        let next = change + ["fleet host add", "fleet ping", "fleet run hello"]
        console.tellNext(next)
    }
}
