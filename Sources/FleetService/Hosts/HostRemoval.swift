package import FleetBase
package import FleetConfig

/// What the inventory would be without a host.
package struct HostRemoval: Sendable {
    package let host: HostName
    /// Hosts that still have it as their jump.
    package let users: [Host]
    /// Groups that have no host any more.
    package let emptyGroups: [String]

    init(of host: HostName, _ before: Inventory, _ after: Inventory) {
        self.host = host
        users = after.hosts.filter { user in
            (user.jump ?? "").split(separator: ",").contains { $0.filter { $0 != " " && $0 != "\t" } == host.text }
        }
        let filled = Set(before.groups.filter { !$0.hosts.isEmpty }.map(\.name))
        emptyGroups = after.groups.filter { $0.hosts.isEmpty && filled.contains($0.name) }.map(\.name)
    }
}
