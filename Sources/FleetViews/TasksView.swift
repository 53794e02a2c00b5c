package import FleetBase
import FleetLedger
package import FleetRuns

/// What `fleet tasks run --json` and `fleet runs resume --json` print.
package struct TasksView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        /// The task's id.
        package let task: String
        package let parameters: JSONValue
        @OrNull package var host: String?
        @OrNull package var engine: String?
        @OrNull package var method: String?
        /// Null when it was never tried.
        @OrNull package var state: String?
        @OrNull package var exit: Int32?
        package let attempts: Int
        package let doneBefore: Bool
        @OrNull package var seconds: Double?
        package let metrics: JSONValue
        package let resources: JSONValue
        @OrNull package var digest: String?
        @OrNull package var results: String?
        @OrNull package var failure: Failure?
        package let missing: [MissingView]
        package let notes: [Message]

        private enum CodingKeys: String, CodingKey {
            case name, task, parameters, host, engine, method, state, exit, attempts, seconds, metrics, resources
            case digest, results, failure, missing, notes
            case doneBefore = "done_before"
        }
    }

    package let run: String
    package let tasks: [Row]

    package init(_ report: QueueReport) {
        run = report.run.text
        tasks = zip(report.tasks, report.results).map { Row($0, $1) }
    }
}

extension TasksView.Row {
    fileprivate init(_ task: PlannedTask, _ result: QueueResult) {
        let outcome = result.outcome
        self.init(
            name: task.record.name, task: task.record.id, parameters: task.record.parameters,
            host: outcome?.host.text, engine: outcome?.engine, method: outcome?.method?.rawValue,
            state: outcome?.state.rawValue, exit: outcome?.exit, attempts: result.attempts,
            doneBefore: result.wasDone, seconds: outcome?.duration?.seconds, metrics: outcome?.metrics ?? .object([:]),
            resources: outcome?.resources ?? .object([:]), digest: outcome?.digest?.hex, results: outcome?.results,
            failure: result.isDone ? nil : result.failure, missing: (outcome?.missing ?? []).map(MissingView.init),
            notes: outcome?.notes ?? [])
    }
}
