package import FleetBase
import FleetHosts
package import FleetService

/// What `fleet host prepare --json` prints.
package struct HostPrepareView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        /// As a person would type them.
        package let commands: [String]
        /// What the host had before: `docker`, `podman`, `python` or `zstd`.
        package let present: [String]
        /// What it has since.
        package let installed: [String]
        @OrNull package var failure: Failure?
    }

    package let hosts: [Row]

    package init(_ result: HostPrepareOperation.Result) {
        let done = Set(result.outcomes.filter { $0.failure == nil }.map(\.host))
        hosts = zip(result.plans, result.failures).map { outcome, failure in
            let plan = outcome.value
            let installed = done.contains(outcome.host) ? plan?.missing ?? [] : []
            return Row(
                host: outcome.host.text, commands: plan?.lines ?? [], present: (plan?.present ?? []).map(\.rawValue),
                installed: installed.map(\.rawValue), failure: failure)
        }
    }
}
