package import FleetBase
import FleetHosts
package import FleetService

/// What `fleet versions --json` prints: hosts by packages.
package struct VersionsView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let host: String
        package let packages: [String: Version]
        @OrNull package var failure: Failure?
    }

    package struct Version: Codable, Sendable {
        /// Null when the host has none.
        @OrNull package var current: String?
        /// All that lie on the host.
        package let versions: [String]
        /// Whether another one is built here.
        package let behind: Bool
    }

    /// The versions that were built here last, by package.
    package let built: [String: String]
    package let hosts: [Row]

    package init(_ result: VersionsOperation.Result) {
        let (names, built) = (result.packages, result.builtVersions)
        self.built = built.filter { names.contains($0.key) }
        hosts = result.outcomes.map { outcome in
            let packages = names.map { name in
                let installed = outcome.value?.packages[name]
                let isBehind = outcome.value != nil && built[name].map { $0 != installed?.current } ?? false
                return (
                    name,
                    Version(
                        current: installed?.current, versions: (installed?.versions ?? []).sorted(), behind: isBehind)
                )
            }
            return Row(
                host: outcome.host.text, packages: Dictionary(packages) { first, _ in first },
                failure: outcome.failure)
        }
    }
}
