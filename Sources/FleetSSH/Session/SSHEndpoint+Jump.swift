package import FleetBase

extension SSHEndpoint {
    /// The last host to go through, with its own way to it; nil for a host that is reached directly.
    package var lastJump: Destination? {
        guard var jump = jumps.last else { return nil }
        jump.jumps = jumps.dropLast() + jump.jumps
        return jump
    }
}

extension Destination {
    /// The same, with one more known_hosts file to read for it and for the hosts on the way.
    package func reading(knownHosts file: String) -> Destination {
        var result = self
        if !result.knownHostsFiles.contains(file) { result.knownHostsFiles.append(file) }
        result.jumps = jumps.map { $0.reading(knownHosts: file) }
        return result
    }
}
