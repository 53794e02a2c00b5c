/// What the inventory says about reaching one host; what it leaves open, `~/.ssh/config` and the defaults fill in.
package struct Destination: Sendable, Hashable {
    package var host: HostName
    /// A name, an IPv4 or an IPv6 address, or an alias of `~/.ssh/config`.
    package var address: String
    package var user: String?
    package var port: Port?
    package var identityFiles: [String]
    /// Read beside the user's own known_hosts files.
    package var knownHostsFiles: [String]
    /// The hosts to go through, the first one first.
    package var jumps: [Destination]

    package init(
        host: HostName, address: String, user: String? = nil, port: Port? = nil, identityFiles: [String] = [],
        knownHostsFiles: [String] = [], jumps: [Destination] = []
    ) {
        self.host = host
        self.address = address
        self.user = user
        self.port = port
        self.identityFiles = identityFiles
        self.knownHostsFiles = knownHostsFiles
        self.jumps = jumps
    }
}

extension Destination {
    /// Reads `[user@]host[:port]`, as ssh -J takes it; `[2001:db8::1]:22` holds an IPv6 address.
    package init(hop: some StringProtocol, to target: Destination) {
        var rest = Substring(hop).drop { $0 == " " }
        if rest.hasPrefix("ssh://") { rest = rest.dropFirst(6) }
        let user = rest.lastIndex(of: "@").map { rest[..<$0] }
        if let user { rest = rest[user.endIndex...].dropFirst() }
        let isBracketed = rest.hasPrefix("[")
        let address = isBracketed ? rest.dropFirst().prefix { $0 != "]" } : rest.prefix { $0 != ":" }
        let port = rest[address.endIndex...].dropFirst(isBracketed ? 2 : 1)
        self.init(
            host: target.host, address: String(address), user: user.map(String.init), port: try? Port(String(port)),
            identityFiles: target.identityFiles, knownHostsFiles: target.knownHostsFiles)
    }
}
