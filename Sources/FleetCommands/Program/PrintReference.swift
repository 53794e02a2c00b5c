import FleetArguments
import FleetBase
import FleetConfig

/// `fleet reference DIR`: the pages of docs/reference, from what reads command lines and files.
struct PrintReference: Command {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: Message("write the reference of commands and files in Markdown"),
        examples: [
            CommandExample("fleet reference docs/reference", Message("writes a page a file, and one of all commands"))
        ],
        shouldDisplay: false)

    @OptionGroup var global: GlobalOptions
    @Argument(valueName: "DIR", help: Message("a folder for the pages"), completion: .directories)
    var folder: String

    func run(_ context: CommandContext) async throws {
        for page in Self.pages { try PageFile.write(page.text, to: "\(context.absolute(folder))/\(page.name).md") }
    }

    /// All pages, in the order in which a reader needs them.
    static var pages: [(name: String, text: String)] {
        let commands = CommandReference.page(
            of: FleetProgram.root, appendices: PrintManual.appendices,
            note: "<!-- Written by scripts/reference from the help of the commands. Change it there. -->")
        return ConfigReference.all.map { ($0.name, $0.page) } + [("commands", commands)]
    }
}
