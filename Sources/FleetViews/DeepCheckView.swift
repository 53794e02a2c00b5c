package import FleetBase
import FleetConfig
package import FleetHosts

/// What `fleet inventory check --deep --json` prints.
package struct DeepCheckView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let alive: Bool
        /// What a new login and one command took.
        @OrNull package var loginSeconds: Double?
        /// In bytes a second.
        @OrNull package var up: Double?
        @OrNull package var down: Double?
        /// The methods that the host has.
        package let methods: [Method]
        @OrNull package var failure: Failure?

        private enum CodingKeys: String, CodingKey {
            case host, alive, up, down, methods, failure
            case loginSeconds = "login_seconds"
        }
    }

    package struct Method: Codable, Sendable {
        /// `docker`, `podman`, `venv`, `python` or `native`.
        package let method: String
        package let ok: Bool
        /// Why no job ran by it.
        @OrNull package var reason: String?
    }

    package let hosts: [Row]

    package init(_ outcomes: [HostOutcome<HostTrial>]) {
        hosts = outcomes.map { outcome in
            let trial = outcome.value
            return Row(
                host: outcome.host.text, alive: trial != nil, loginSeconds: trial?.login.seconds,
                up: trial?.up.rounded(), down: trial?.down.rounded(),
                methods: (trial?.methods ?? []).map {
                    Method(method: $0.method.rawValue, ok: $0.problem == nil, reason: $0.problem)
                }, failure: outcome.failure)
        }
    }
}
