package import FleetBase
import FleetReleases
package import FleetService

/// What `fleet rollback --json` prints.
package struct RollbackView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let package: String
        /// The version that was current before; null when there was none.
        @OrNull package var from: String?
        /// Null when the host did not go back.
        @OrNull package var to: String?
        @OrNull package var failure: Failure?
    }

    package let hosts: [Row]

    package init(_ result: RollbackOperation.Result) {
        hosts = result.outcomes.map { outcome in
            Row(
                host: outcome.host.text, package: result.package, from: outcome.value?.from, to: outcome.value?.to,
                failure: outcome.failure)
        }
    }
}
