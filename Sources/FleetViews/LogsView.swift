import FleetBase
import FleetLedger
package import FleetService

/// What `fleet logs --json` prints: a row for each attempt.
package struct LogsView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        /// The name of the task.
        package let task: String
        /// From 1.
        package let attempt: Int
        package let stdout: String
        package let stderr: String
    }

    package let run: String
    package let logs: [Row]

    /// - Throws: when an output is too long for one text.
    package init(_ answer: LogsQuery.Answer) throws {
        run = answer.run.text
        logs = try answer.logs.map { log in
            Row(
                host: log.host.text, task: log.task, attempt: log.attempt, stdout: try log.text(of: .output),
                stderr: try log.text(of: .error))
        }
    }
}
