import FleetArguments
import FleetBase
import FleetConfig
import FleetReleases

/// `fleet check`: reads every file of the project and says what is wrong with each; nobody is called.
struct Check: Command {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: Message("read all files of the project and say what is wrong with them"),
        discussion: Message(
            "Reads inventory/hosts.yaml, allowed_signers, state.json, every package.yaml and tasks.yaml. No host is called."
        ),
        seeAlso: ["fleet inventory check"])

    private struct Answer {
        let file: String
        let error: (any DescribedError)?
    }

    @OptionGroup var global: GlobalOptions

    func run(_ context: CommandContext) async throws {
        let console = context.console(global)
        let answers = answers(for: try context.project(global), context)
        if global.json {
            try console.json([
                "files": answers.map { answer in
                    JSONValue.object([
                        "file": .string(answer.file), "error": JSONValue(answer.error.map { console.text($0.message) }),
                    ])
                }
            ])
        } else {
            var said: Set<Message> = []
            for answer in answers {
                if let error = answer.error {
                    // A package that can't be read is what is wrong with the tasks that run it, too.
                    if said.insert(error.message).inserted { console.error(error.message, hint: error.hint) }
                } else {
                    console.result("\(answer.file): \(console.text(Message("good")))")
                }
            }
        }
        if answers.contains(where: { $0.error != nil }) { throw Ended(code: .badConfiguration) }
    }

    private func answers(for project: Project, _ context: CommandContext) -> [Answer] {
        let inventory = global.inventory.map(context.absolute)
        var answers = [
            Self.answer(project.shown(inventory ?? project.hostsFile)) {
                _ = try project.inventory(home: context.home, file: inventory)
            }
        ]
        if FileText.exists(project.allowedSignersFile) {
            answers.append(
                Self.answer(project.shown(project.allowedSignersFile)) { _ = try project.allowedSigners() })
        }
        if FileText.exists(project.stateFile) {
            answers.append(Self.answer(project.shown(project.stateFile)) { _ = try project.stateStore.read() })
        }
        for name in project.packageNames {
            answers.append(
                Self.answer(project.shown(project.packageFile(name))) {
                    let file = try PackageFile(
                        file: project.packageFile(name), shownAs: project.shown(project.packageFile(name)))
                    try PackageBuilder(project).checkBases(of: file, in: "\(project.packagesFolder)/\(name)")
                })
        }
        if FileText.exists(project.tasksFile) {
            answers.append(
                Self.answer(project.shown(project.tasksFile)) {
                    _ = try project.checkTasks(
                        try project.tasks(), inventory: try? project.inventory(home: context.home, file: inventory))
                })
        }
        return answers
    }

    private static func answer(_ file: String, _ read: () throws -> Void) -> Answer {
        do {
            try read()
            return Answer(file: file, error: nil)
        } catch let error as any DescribedError {
            return Answer(file: file, error: error)
        } catch {
            preconditionFailure("a reader throws errors that describe themselves: \(error)")
        }
    }
}
