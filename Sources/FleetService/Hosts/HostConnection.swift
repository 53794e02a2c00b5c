package import FleetBase
import FleetConfig
import FleetHosts
import FleetSSH

/// What a connection to a host would use: the inventory's words, then those of `~/.ssh/config`.
package struct HostConnection: Sendable, Hashable {
    package let user: String
    package let address: String
    package let port: Port
    /// As known_hosts names the host.
    package let knownHostsName: String
    package let keys: [String]
    package let knownHosts: [String]
    /// The socket of the agent; nil for none.
    package let agent: String?
    /// The addresses of the hosts to go through.
    package let jumps: [String]

    /// Nil for this machine, which is reached without SSH.
    init?(to host: Host, _ inventory: Inventory, _ service: FleetService) {
        guard host.transport == .ssh else { return nil }
        let endpoint = service.transport.endpoint(for: inventory.destination(of: host))
        (user, address, port) = (endpoint.user, endpoint.address, endpoint.port)
        (knownHostsName, keys) = (endpoint.lookupName, endpoint.identityFiles)
        (knownHosts, agent) = (endpoint.knownHostsFiles, endpoint.agentSocket)
        jumps = endpoint.jumps.map(\.address)
    }

    /// `user@address:port`, an IPv6 address in brackets.
    package var login: String { "\(user)@\(address.contains(":") ? "[\(address)]" : address):\(port)" }
}
