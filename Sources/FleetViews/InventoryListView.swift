package import FleetBase
import FleetConfig
package import FleetService

/// What `fleet inventory list --json` prints.
package struct InventoryListView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        package let address: String
        /// `user@address:port` as a connection would use it; the address alone for this machine.
        package let login: String
        /// `ssh` or `local`.
        package let transport: String
        package let groups: [String]
        package let tags: [String]
        @OrNull package var slots: Int?
        /// When the host answered last; null when it was not seen yet.
        @OrNull package var seen: String?
        package let packages: [String: Version]
    }

    package struct Version: Codable, Sendable {
        package let version: String
    }

    package let hosts: [Row]

    package init(_ hosts: [KnownHost]) {
        self.hosts = hosts.map { known in
            let host = known.host
            return Row(
                name: host.name.text, address: host.address, login: known.connection?.login ?? host.address,
                transport: host.transport.rawValue, groups: host.groups, tags: host.tags, slots: host.slots,
                seen: known.state?.seen?.description,
                packages: (known.state?.packages ?? [:]).mapValues { Version(version: $0.version) })
        }
    }
}
