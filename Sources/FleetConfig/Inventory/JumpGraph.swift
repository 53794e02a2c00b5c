import FleetBase

/// Which hosts of the inventory are reached through which others.
struct JumpGraph {
    private let hosts: [String: Host]
    /// Hosts from which no way leads into a circle.
    private var cleared: Set<HostName> = []

    private init(_ hosts: [Host]) {
        self.hosts = Dictionary(uniqueKeysWithValues: hosts.map { ($0.name.text, $0) })
    }

    static func requireNoCycle(among hosts: [Host]) throws(ConfigError) {
        var graph = JumpGraph(hosts)
        for host in hosts { try graph.follow(host, path: []) }
    }

    private mutating func follow(_ host: Host, path: [String]) throws(ConfigError) {
        guard !cleared.contains(host.name) else { return }
        let path = path + [host.name.text]
        for jump in host.jump?.split(separator: ",") ?? [] {
            // What is no host of the inventory belongs to ~/.ssh/config, or is an address.
            guard let next = hosts[String(jump)] else { continue }
            guard !path.contains(next.name.text) else {
                let cycle = (path + [next.name.text]).joined(separator: " → ")
                throw ConfigError(.cycle, at: host.place, Message("jump hosts in a circle: \(cycle)"))
            }
            try follow(next, path: path)
        }
        cleared.insert(host.name)
    }
}
