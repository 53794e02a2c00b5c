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
