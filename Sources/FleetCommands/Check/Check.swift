import FleetArguments
import FleetBase
import FleetService
import FleetTerminal
import FleetViews

/// `fleet check`: reads every file of the project and says what is wrong with each; nobody is called.
struct Check: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: Message("read all files of the project and say what is wrong in them"),
        discussion: Message(
            "Reads inventory/hosts.yaml, allowed_signers, state.json, every package.yaml and tasks.yaml. Connects to no host."
        ),
        examples: [
            CommandExample("fleet check", Message("reads the files of the project around this folder")),
            CommandExample(
                "fleet check --project ~/work --json", Message("the same for another project, for a program")),
        ],
        seeAlso: ["fleet inventory check"])

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        try await context.ask(ProjectFilesQuery(), global) { files, console in
            if global.json { try console.json(ProjectFilesView(files)) } else { show(files, console) }
            if files.contains(where: { $0.error != nil }) { throw Ended(code: .badConfiguration) }
        }
    }

    private func show(_ files: [CheckedFile], _ console: Console) {
        var said: Set<Message> = []
        for file in files {
            if let error = file.error {
                // A package that can't be read is what is wrong with the tasks that run it, too.
                if said.insert(error.message).inserted { console.error(error.message, hint: error.hint) }
            } else {
                console.result("\(file.file): \(console.text(Message("good")))")
                for warning in file.warnings { console.warning(warning) }
            }
        }
    }
}
