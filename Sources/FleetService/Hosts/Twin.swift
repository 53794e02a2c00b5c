package import FleetBase
import FleetConfig
import FleetHosts
import FleetSSH

/// A host that seems to be a machine which the inventory has already under another name.
package struct Twin: Sendable, Hashable {
    package enum Sign: Sendable, Hashable { case address, hostKey, machine }

    package let host: HostName
    /// The name that the inventory has for the machine.
    package let other: HostName
    /// What they have in common.
    package let sign: Sign

    package var sentence: Message {
        switch sign {
        case .address: Message("\(host) is the machine that the inventory has as \(other): they have one address")
        case .hostKey: Message("\(host) is the machine that the inventory has as \(other): they have one host key")
        case .machine: Message("\(host) is the machine that the inventory has as \(other): they have one machine id")
        }
    }
}

/// Looks for the same machine under several names, by what is known of hosts here: none is called.
struct TwinSearch {
    private let inventory: Inventory
    private let state: InventoryState
    private let transport: SSHTransport
    private var files: [[String]: KnownHosts] = [:]

    init(_ inventory: Inventory, _ context: OperationContext) async throws {
        self.inventory = inventory
        transport = context.service.transport
        let store = context.project.stateStore
        state = try await ThreadExecutor.disk.run { () throws(ConfigError) in try store.read() }
    }

    /// The other hosts that are known by the key which a host shows.
    mutating func twins(of host: HostName, with key: ShownKey) -> [Twin] {
        others(than: host).filter { other in
            state[other.name]?.hostKey == key.fingerprint || keys(of: other).contains(key.encoded)
        }.map { Twin(host: host, other: $0.name, sign: .hostKey) }
    }

    /// The other hosts that had the machine id which a host tells.
    func twins(of host: HostName, with facts: Facts) -> [Twin] {
        guard let id = facts["machine_id"] else { return [] }
        return inventory.hosts.filter { $0.name != host && state[$0.name]?.facts["machine_id"]?.string == id }
            .map { Twin(host: host, other: $0.name, sign: .machine) }
    }

    /// The other hosts that have their folder of fleet's where a host has it: on one machine, for one user.
    mutating func sharers(of host: Host) -> [HostName] {
        var found: [HostName] = []
        for other in inventory.hosts where other.name != host.name && other.transport == host.transport {
            guard other.rootWord == host.rootWord, endpoint(of: other).user == endpoint(of: host).user else { continue }
            if host.transport == .local || sign(host, other) != nil || hasMachine(of: host, other) {
                found.append(other.name)
            }
        }
        return found
    }

    private func hasMachine(of host: Host, _ other: Host) -> Bool {
        guard let id = state[host.name]?.facts["machine_id"]?.string else { return false }
        return state[other.name]?.facts["machine_id"]?.string == id
    }

    /// For hosts that nobody has called yet: the machines that stand in the inventory before each of them.
    mutating func twins(among hosts: [HostName]) -> [Twin] {
        var found: [Twin] = []
        for (index, host) in inventory.hosts.enumerated() where hosts.contains(host.name) {
            guard host.transport == .ssh else { continue }
            for other in inventory.hosts[..<index] where other.transport == .ssh {
                guard let sign = sign(host, other) else { continue }
                found.append(Twin(host: host.name, other: other.name, sign: sign))
                break
            }
        }
        return found
    }

    private mutating func sign(_ host: Host, _ other: Host) -> Twin.Sign? {
        let (one, two) = (endpoint(of: host), endpoint(of: other))
        // Behind different jump hosts one address may be two machines.
        if one.address == two.address, one.port == two.port, one.jumps.map(\.address) == two.jumps.map(\.address) {
            return .address
        }
        return keys(of: host).isDisjoint(with: keys(of: other)) ? nil : .hostKey
    }

    private func others(than host: HostName) -> [Host] {
        inventory.hosts.filter { $0.name != host && $0.transport == .ssh }
    }

    private func endpoint(of host: Host) -> SSHEndpoint { transport.endpoint(for: inventory.destination(of: host)) }

    /// Those that the files have for the host's name, without its algorithms.
    private mutating func keys(of host: Host) -> Set<String> {
        let endpoint = endpoint(of: host)
        let known = files[endpoint.knownHostsFiles] ?? KnownHosts(files: endpoint.knownHostsFiles)
        files[endpoint.knownHostsFiles] = known
        return known.keys(for: endpoint.keyName, port: endpoint.keyPort)
    }
}
