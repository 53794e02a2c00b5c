package import FleetBase
package import FleetConfig
package import FleetRuns

/// What the inventory would be without a host.
package struct HostRemoval: Sendable {
    package let host: HostName
    /// Hosts that still have it as their jump.
    package let users: [Host]
    /// Groups that have no host any more.
    package let emptyGroups: [String]
    /// fleet's folder there, when it goes along.
    package internal(set) var folder: RemoteFolder?

    init(of host: HostName, _ before: Inventory, _ after: Inventory) {
        self.host = host
        users = after.hosts.filter { user in
            (user.jump ?? "").split(separator: ",").contains { $0.filter { $0 != " " && $0 != "\t" } == host.text }
        }
        let filled = Set(before.groups.filter { !$0.hosts.isEmpty }.map(\.name))
        emptyGroups = after.groups.filter { $0.hosts.isEmpty && filled.contains($0.name) }.map(\.name)
    }
}

extension HostRemoval {
    /// What goes along with the host: where it is, how much, and what of it.
    package var folderLines: [Message] {
        guard let folder else { return [] }
        let packages = folder.packages.joined(separator: ", ")
        return [Message("fleet's folder on \(host) is \(folder.path): \(folder.size)")]
            + (packages.isEmpty ? [] : [Message("  packages: \(packages)")]) + [Message("  runs: \(folder.runs)")]
    }
}
