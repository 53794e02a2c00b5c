package import FleetBase
package import FleetService

/// What `fleet host pin --json` prints of each host, and all that it prints for one host that was named.
package struct PinnedHostView: Codable, Sendable {
    package let host: String
    /// Absent, as the fingerprint is, where the host failed.
    package let algorithm: String?
    package let fingerprint: String?
    /// Whether nobody had pinned the key before.
    package let pinned: Bool
    /// Absent where nothing failed.
    package let failure: Failure?

    package init(_ outcome: HostOutcome<PinnedKey>) {
        host = outcome.host.text
        (algorithm, fingerprint) = (outcome.value?.algorithm, outcome.value?.fingerprint)
        pinned = outcome.value?.isNew ?? false
        failure = outcome.failure
    }
}

/// What `fleet host pin --json` prints.
package struct HostPinView: Codable, Sendable {
    package let hosts: [PinnedHostView]

    package init(_ outcomes: [HostOutcome<PinnedKey>]) { hosts = outcomes.map(PinnedHostView.init) }
}
