import FleetBase

/// Which hosts of the inventory are reached through which others.
struct JumpGraph {
    private let hosts: [String: Host]
    private let order: [Host]

    init(_ hosts: [Host]) {
        order = hosts
        self.hosts = Dictionary(uniqueKeysWithValues: hosts.map { ($0.name.text, $0) })
    }

    func requireNoCycle() throws(ConfigError) {
        for host in order { try follow(host, path: []) }
    }

    private func follow(_ host: Host, path: [String]) throws(ConfigError) {
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
    }
}
