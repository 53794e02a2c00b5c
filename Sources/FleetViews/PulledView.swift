import FleetLedger
import FleetRuns
package import FleetService

/// What `fleet runs pull --json` prints.
package struct PulledView: Codable, Sendable {
    package let run: String
    /// The folders that hold what came home.
    package let pulled: [String]
    /// The names of the jobs that still run.
    package let running: [String]
    /// The hosts that failed, in the order of the inventory.
    package let failures: [FailedHost]

    package init(_ result: PullOperation.Result) {
        run = result.run.text
        pulled = result.ended.compactMap(\.results)
        running = result.running
        failures = result.outcomes.failedHosts()
    }
}
