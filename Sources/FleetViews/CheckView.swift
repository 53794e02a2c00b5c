package import FleetBase
import FleetHosts
import FleetReleases
package import FleetService

/// What `fleet inventory check --json` prints.
package struct CheckView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        package let address: String
        package let alive: Bool
        @OrNull package var failure: Failure?
        package let facts: [String: JSONValue]
        /// What can run a package there, best first.
        package let methods: [String]
        package let packages: [String: Version]
    }

    package struct Version: Codable, Sendable {
        package let version: String
        /// Whether no other version is built here.
        package let current: Bool
    }

    package struct Summary: Codable, Sendable {
        package let total: Int
        package let alive: Int
        package let dead: Int
        /// Hosts with another version than the one that is built here.
        package let mismatched: Int
    }

    package let hosts: [Row]
    package let summary: Summary

    package init(_ result: CheckOperation.Result) {
        let hosts = zip(result.hosts, result.outcomes).map { host, outcome in
            let versions = (outcome.value?.packages ?? [:]).compactMapValues(\.current)
            let packages = versions.map { name, version in
                (name, Version(version: version, current: result.builtVersions[name].map { $0 == version } ?? true))
            }
            return Row(
                name: host.name.text, address: host.address, alive: outcome.value != nil, failure: outcome.failure,
                facts: outcome.value?.json ?? [:], methods: (outcome.value?.methods ?? []).map(\.rawValue),
                packages: Dictionary(uniqueKeysWithValues: packages))
        }
        self.hosts = hosts
        let alive = hosts.count(where: \.alive)
        summary = Summary(
            total: hosts.count, alive: alive, dead: hosts.count - alive,
            mismatched: hosts.count { $0.packages.values.contains { !$0.current } })
    }
}
