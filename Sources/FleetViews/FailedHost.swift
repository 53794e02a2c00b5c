package import FleetBase

/// A host that failed, in answers that have no row for each host.
package struct FailedHost: Codable, Sendable {
    package let host: String
    package let failure: Failure

    init(_ host: HostName, _ failure: Failure) { (self.host, self.failure) = (host.text, failure) }
}

extension Sequence {
    /// The hosts of the outcomes that are failures.
    func failedHosts<Value>() -> [FailedHost] where Element == HostOutcome<Value> {
        compactMap { outcome in outcome.failure.map { FailedHost(outcome.host, $0) } }
    }
}
