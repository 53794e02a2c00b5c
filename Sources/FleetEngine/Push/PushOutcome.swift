import FleetBase

/// What a push did on one host.
package struct PushOutcome: Sendable, Hashable {
    package enum State: String, Sendable {
        /// The release was sent.
        case pushed
        /// It was there already and only had to be made current.
        case activated
        /// It was there and current: nothing was sent.
        case unchanged
        /// What a dry run found that would be sent.
        case planned
    }

    package let from: String?
    package let to: String
    package let state: State
    /// What went to the host's standard input.
    package let bytesSent: Int64
    package let duration: Duration
}
