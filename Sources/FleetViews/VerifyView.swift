package import FleetBase
import FleetHosts
package import FleetReleases

/// What `fleet verify --json` prints.
package struct VerifyView: Codable, Sendable {
    package struct Release: Codable, Sendable {
        package let package: String
        package let version: String
        /// How many files it has; null when its list of files is gone.
        @OrNull package var files: Int?
        /// The files that are not as they were installed; at most 5000.
        package let damaged: [String]
        package let repaired: Bool
        /// `good`, `wrong`, `missing` or `unchecked`; null where nobody asked for signatures.
        @OrNull package var signature: String?
    }

    package struct Row: Codable, Sendable {
        package let host: String
        package let releases: [Release]
        package let bytesSent: Int64
        @OrNull package var failure: Failure?

        private enum CodingKeys: String, CodingKey {
            case host, releases, failure
            case bytesSent = "bytes_sent"
        }
    }

    package let hosts: [Row]

    package init(_ outcomes: [HostOutcome<Verification>]) {
        hosts = outcomes.map { outcome in
            let found = outcome.value ?? Verification()
            return Row(
                host: outcome.host.text, releases: found.releases.map { Release($0, found) },
                bytesSent: found.bytesSent,
                failure: outcome.problem)
        }
    }
}

extension VerifyView.Release {
    fileprivate init(_ release: RemoteRelease, _ found: Verification) {
        self.init(
            package: release.name, version: release.version, files: found.checked[release],
            damaged: found.damaged[release] ?? [], repaired: found.repaired.contains(release),
            signature: found.signatures[release]?.rawValue)
    }
}
