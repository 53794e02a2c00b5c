package import FleetBase
import FleetLedger
import FleetRuns
package import FleetService

/// What `fleet tasks status --json` prints: a row for each task of the file.
package struct TaskStatusView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        /// The definition's name.
        package let task: String
        package let done: Bool
        @OrNull package var host: String?
        @OrNull package var ended: Timestamp?
        package let metrics: JSONValue
        /// The folder that holds what came home.
        @OrNull package var results: String?
    }

    package let tasks: [Row]

    package init(_ result: TaskStatusOperation.Result) {
        tasks = result.tasks.map { task in
            Row(
                name: task.name, task: task.definition, done: task.result != nil, host: task.result?.host.text,
                ended: task.result?.ended, metrics: task.result?.metrics ?? .object([:]),
                results: task.result?.results)
        }
    }
}
