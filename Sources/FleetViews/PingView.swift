package import FleetBase

/// What `fleet ping --json` prints.
package struct PingView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let alive: Bool
        /// What a login and one command took.
        @OrNull package var seconds: Double?
        @OrNull package var failure: Failure?
    }

    package let hosts: [Row]

    package init(_ outcomes: [HostOutcome<Duration>]) {
        hosts = outcomes.map { outcome in
            Row(
                host: outcome.host.text, alive: outcome.failure == nil, seconds: outcome.value?.seconds,
                failure: outcome.failure)
        }
    }
}
