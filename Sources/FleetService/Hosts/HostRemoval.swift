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
    /// Hosts of the inventory that have the same folder, as far as is known.
    package internal(set) var sharers: [HostName] = []
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
    private static let toldNames = 10

    /// What goes along with the host: where it is, how much, and what of it.
    package var folderLines: [Message] {
        guard let folder else { return [] }
        let packages = folder.packages.told(atMost: Self.toldNames)
        let machines = folder.machines.told(atMost: Self.toldNames)
        let hosts = sharers.map(\.text).told(atMost: Self.toldNames)
        return [Message("fleet's folder on \(host) is \(folder.path): \(folder.size)")]
            + (packages.isEmpty ? [] : [Message("  packages: \(packages)")]) + [Message("  runs: \(folder.runs)")]
            + (machines.isEmpty ? [] : [Message("  other machines that share it: \(machines)")])
            + (hosts.isEmpty ? [] : [Message("  it is also that of these hosts of the inventory: \(hosts)")])
    }
}
