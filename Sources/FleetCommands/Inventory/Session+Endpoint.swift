import FleetConfig
import FleetSSH

extension Session {
    /// What a connection to the host would use: the inventory's words, then those of `~/.ssh/config`.
    func endpoint(of host: Host) -> SSHEndpoint { transport.endpoint(for: inventory.destination(of: host)) }
}

extension SSHEndpoint {
    /// `user@address:port`, an IPv6 address in brackets.
    var login: String { "\(user)@\(address.contains(":") ? "[\(address)]" : address):\(port)" }
}
