package import FleetBase
package import FleetRuns

/// What `fleet runs collect --json` prints: a row for each task that a host has done by itself.
package struct CollectedView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        /// `done`, `failed`, `cancelled` or `lost`.
        package let state: String
        /// The folder that holds what came home.
        @OrNull package var results: String?
        @OrNull package var failure: Failure?
    }

    package let collected: [Row]
    /// The hosts that failed, in the order of the inventory.
    package let failures: [FailedHost]

    package init(_ outcomes: [HostOutcome<[TaskOutcome]>]) {
        collected = outcomes.compactMap(\.value).joined().map { outcome in
            Row(
                host: outcome.host.text, state: outcome.state.rawValue, results: outcome.results,
                failure: outcome.failure)
        }
        failures = outcomes.failedHosts()
    }
}
