import FleetArguments
import FleetBase
import FleetService

/// `fleet tasks rerun NAME…`: these tasks once more, whatever results they have.
struct TasksRerun: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun", abstract: Message("run tasks once more, whether they have a result or not"),
        examples: [
            CommandExample("fleet tasks rerun sweep", Message("runs one task again")),
            CommandExample("fleet tasks rerun pi.yaml sweep", Message("the same with the tasks of another file")),
        ],
        seeAlso: ["fleet tasks run --again"])

    @OptionGroup var run: TasksRun

    func validate() throws(ArgumentError) {
        try run.validate()
        guard !TaskWords(run.words).names.isEmpty else {
            throw ArgumentError(
                .invalid, Message("which tasks?"), hint: Message("to run all tasks again: fleet tasks run --again"))
        }
    }

    func run(_ context: CommandContext) async throws { try await run.run(context, again: true) }
}
