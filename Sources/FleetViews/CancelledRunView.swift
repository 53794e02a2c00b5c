package import FleetService
import FleetLedger

/// What `fleet runs cancel --json` prints.
package struct CancelledRunView: Codable, Sendable {
    package let run: String
    /// How many jobs were ended.
    package let ended: Int
    /// The hosts that failed, in the order of the inventory.
    package let failures: [FailedHost]

    package init(_ result: CancelRunOperation.Result) {
        (run, ended) = (result.run.text, result.ended)
        failures = result.outcomes.flatMap(\.failures).map(FailedHost.init)
    }
}
