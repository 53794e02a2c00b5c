package import FleetBase
package import FleetLedger
package import FleetService

/// What `fleet runs show --json`, `fleet runs attach --json` and `fleet report --json` print.
package struct RunRecordView: Codable, Sendable {
    /// A task with one of its attempts; a task that nobody tried has null for all that an attempt has.
    package struct Row: Codable, Sendable {
        /// The task's place in the run, from 1.
        package let task: Int
        package let name: String
        package let parameters: JSONValue
        /// From 1.
        @OrNull package var attempt: Int?
        @OrNull package var host: String?
        @OrNull package var engine: String?
        @OrNull package var method: String?
        @OrNull package var state: Attempt.State?
        @OrNull package var exit: Int32?
        @OrNull package var signal: Int32?
        @OrNull package var seconds: Double?
        package let metrics: JSONValue
        /// The folder that holds what came home.
        @OrNull package var results: String?
        @OrNull package var failure: Failure?
    }

    package let run: String
    package let command: String
    @OrNull package var package: String?
    @OrNull package var version: String?
    package let state: Run.State
    package let started: Timestamp
    @OrNull package var ended: Timestamp?
    package let tasks: [Row]

    package init(_ record: RunRecord) {
        let run = record.run
        self.run = run.id.text
        command = run.command
        state = run.state
        started = run.started
        tasks = record.rows.map(Row.init)
        _package = OrNull(wrappedValue: run.package)
        _version = OrNull(wrappedValue: run.version)
        _ended = OrNull(wrappedValue: run.ended)
    }
}

extension RunRecordView.Row {
    fileprivate init(_ task: LedgerTask, _ attempt: Attempt?) {
        self.init(
            task: task.position, name: task.name, parameters: task.parameters, attempt: attempt?.number,
            host: attempt?.host.text, engine: attempt?.engine, method: attempt?.method, state: attempt?.state,
            exit: attempt?.exit, signal: attempt?.signal, seconds: attempt?.duration?.seconds,
            metrics: attempt?.metrics ?? .object([:]), results: attempt?.results, failure: attempt?.failure)
    }
}
