package import FleetBase
import FleetHosts
import FleetLedger
package import FleetRuns
package import FleetService

/// What `fleet run --json` prints.
package struct RunView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        @OrNull package var engine: String?
        @OrNull package var method: String?
        /// `done`, `failed`, `cancelled` or `lost`.
        package let state: String
        @OrNull package var exit: Int32?
        @OrNull package var seconds: Double?
        package let metrics: JSONValue
        /// The folder that holds what came back.
        @OrNull package var results: String?
        @OrNull package var failure: Failure?
        package let missing: [MissingView]
        package let notes: [Message]
    }

    package let run: String
    package let tasks: [Row]

    package init(_ result: RunOperation.Result) { self.init(result.run, result.outcomes) }

    /// The same of a run that was stopped, once another operation has gone on with it.
    ///
    /// - Throws: why a host has no outcome, or why the ledger does not have the end.
    package init(resumed report: QueueReport) throws {
        if let problem = report.problem { throw problem }
        self.init(
            report.run,
            try report.results.map { result in
                guard let outcome = result.outcome else { throw result.failure ?? Failure.cancelled }
                return outcome
            })
    }

    private init(_ run: RunID, _ outcomes: [TaskOutcome]) {
        self.run = run.text
        tasks = outcomes.map { outcome in
            Row(
                host: outcome.host.text, engine: outcome.engine, method: outcome.method?.rawValue,
                state: outcome.state.rawValue, exit: outcome.exit, seconds: outcome.duration?.seconds,
                metrics: outcome.metrics ?? .object([:]), results: outcome.results, failure: outcome.failure,
                missing: outcome.missing.map(MissingView.init), notes: outcome.notes)
        }
    }
}

/// Something that a job left and that did not come home.
package struct MissingView: Codable, Sendable {
    package let path: String
    package let code: String
    package let reason: Message

    package init(_ result: MissingResult) { (path, code, reason) = (result.path, result.code, result.reason) }
}
