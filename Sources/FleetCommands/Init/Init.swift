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

    func validate() throws(ArgumentError) {
        guard folder != "" else { throw ArgumentError(.invalidValue, Message("the folder's name is empty")) }
    }

    func run(_ context: CommandContext) async throws {
        let place = folder ?? global.project
        let language = context.console(global).language
        let whole = Self.clean(place.map(context.absolute) ?? context.directory)
        let outer = Self.isProject(whole) ? nil : try? Project.nearest(to: Self.parent(of: whole))
        let (project, written) = try Project.create(at: whole, in: language)
        let shown = FileText.isSame(whole, context.directory) ? nil : place.map(Self.clean)
        try context.show(global) { console in
            try show(project, written, at: shown, console)
            if let outer {
                console.note(
                    Message("it lies in the project \(outer.folder): whoever calls fleet in it has the inner one"))
            }
        }
    }

    /// Without `.`, and with single slashes.
    private static func clean(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        return path.hasPrefix("/") ? "/" + parts : parts
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
    }

    private static func isProject(_ folder: String) -> Bool {
        (try? Project.nearest(to: folder)).map { FileText.isSame($0.folder, folder) } ?? false
    }

    private func show(
        _ project: Project, _ written: [String], at place: String?, _ console: Console
    ) throws {
        if global.json {
            return try console.json(InitView(project.folder, written))
        }
        for file in written { console.result(place.map { "\($0)/\(file)" } ?? file) }
        console.note(
            written.isEmpty
                ? Message("everything is there already in \(project.folder)")
                : Message("made a project in \(project.folder)"))
        showNext(in: place, console)
    }

    private func showNext(in place: String?, _ console: Console) {
        let change = place.map { ["cd \(ShellWord($0).rendered)"] } ?? []
        let next = change + ["fleet host add", "fleet ping", "fleet run hello"]
        console.tellNext(next)
    }
}
