package import FleetLedger
import FleetConfig
import FleetRuns

/// Finds out which tasks of a file have a result, as the files are now: packages are built to know their versions.
package struct TaskStatusOperation: Operation {
    package static let name = "tasks status"

    /// Which tasks, of which file.
    package var choice: TaskWords

    package init(_ choice: TaskWords) { self.choice = choice }

    package struct Result: Sendable {
        /// The definitions that were asked for, in the order of the file.
        package let definitions: [String]
        package let tasks: [Task]
    }

    package struct Task: Sendable {
        package let name: String
        package let definition: String
        package let result: Attempt?
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try context.tasks(choice)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let work = try await context.planned(choice, run: RunID(at: .now), usual: [:])
        let ledger = try await context.service.knownLedger()
        var tasks: [Task] = []
        for (task, source) in zip(work.tasks, work.expanded) where work.names.contains(source.definition.name) {
            tasks.append(
                Task(
                    name: task.record.name, definition: source.definition.name,
                    result: try await ledger?.success(of: task.record.key)))
        }
        return Result(definitions: work.names, tasks: tasks)
    }
}
