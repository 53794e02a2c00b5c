package import FleetBase
package import FleetLedger
package import FleetService

/// What `fleet runs --json` prints: the latest runs, the newest first.
package struct RunsView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let run: String
        package let command: String
        /// Null for a run of tasks.
        @OrNull package var package: String?
        @OrNull package var version: String?
        package let state: Run.State
        /// Whether it has not ended though no fleet works on it.
        package let abandoned: Bool
        package let started: Timestamp
        @OrNull package var ended: Timestamp?
        @OrNull package var seconds: Double?
        package let tasks: Int
        /// How many of the tasks are done.
        package let done: Int
    }

    package let runs: [Row]

    package init(_ summaries: [RunSummary]) {
        runs = summaries.map {
            Row($0.run, isAbandoned: $0.isAbandoned, tasks: $0.tasks, done: $0.done)
        }
    }
}

extension RunsView.Row {
    init(_ run: Run, isAbandoned: Bool, tasks: Int, done: Int) {
        self.init(
            run: run.id.text, command: run.command, package: run.package, version: run.version, state: run.state,
            abandoned: isAbandoned, started: run.started, ended: run.ended, seconds: run.duration?.seconds,
            tasks: tasks, done: done)
    }
}
