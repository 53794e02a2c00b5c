package import FleetService
import FleetLedger

/// What `fleet runs cancel --json` prints.
package struct CancelledRunView: Codable, Sendable {
    package let run: String
    /// How many jobs were ended.
    package let ended: Int

    package init(_ result: CancelRunOperation.Result) { (run, ended) = (result.run.text, result.ended) }
}
