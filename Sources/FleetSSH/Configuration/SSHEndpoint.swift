package import FleetBase

/// Everything needed to open one SSH connection: the inventory's words first, then `~/.ssh/config`, then the defaults.
package struct SSHEndpoint: Sendable, Hashable {
    package let host: HostName
    package let address: String
    package let port: Port
    package let user: String
    /// What known_hosts is asked for: the address or `HostKeyAlias`, in lower case.
    package let keyName: String
    /// Part of that name; a `HostKeyAlias` stands for the port too, as it does for ssh.
    package let keyPort: Port
    package let identityFiles: [String]
    /// Whether somebody named those files; else they are the usual ones.
    package let namesIdentities: Bool
    /// Whether only those keys of the agent may be tried that `identityFiles` names.
    package let identitiesOnly: Bool
    package let agentSocket: String?
    package let knownHostsFiles: [String]
    package let connectTimeout: Duration?
    package let jumps: [Destination]
    /// What the configuration says and fleet can't do.
    package let warnings: [Message]

    /// How known_hosts names the host.
    package var lookupName: String { KnownHosts.lookupName(keyName, port: keyPort) }
}

extension SSHEndpoint {
    func reachesSameServer(as other: SSHEndpoint) -> Bool {
        address == other.address && port == other.port && user == other.user
    }
}

extension SSHConfig {
    private static let defaultIdentities = ["id_ed25519", "id_ecdsa", "id_rsa"]
    private static let defaultKnownHosts = ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]
    private static let systemKnownHosts = ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"]

    /// - Parameter environment: `USER`, `LOGNAME` and `SSH_AUTH_SOCK` are read.
    package func endpoint(for destination: Destination, environment: [String: String]) -> SSHEndpoint {
        let found = Settings(directives(for: destination.address), home: home)
        let localUser = environment["USER"] ?? environment["LOGNAME"] ?? "root"
        let address = found["hostname"].map { $0.replacing("%h", with: destination.address) } ?? destination.address
        let port = destination.port ?? found["port"].flatMap { try? Port($0) } ?? .ssh
        let user = destination.user ?? found["user"] ?? localUser
        let tokens = Settings.Tokens(
            letters: [
                "%": "%", "h": address, "n": destination.address, "p": "\(port)", "r": user, "u": localUser, "d": home,
            ], variables: environment)
        let fallback = Self.defaultIdentities.map { "\(home)/.ssh/\($0)" }
        let identities = destination.identityFiles + found.paths("identityfile", tokens)
        return SSHEndpoint(
            host: destination.host, address: address, port: port, user: user,
            keyName: (found["hostkeyalias"] ?? address).lowercased(),
            keyPort: found["hostkeyalias"] == nil ? port : .ssh,
            identityFiles: identities.isEmpty ? fallback : identities, namesIdentities: !identities.isEmpty,
            identitiesOnly: found["identitiesonly"]?.lowercased() == "yes",
            agentSocket: Self.agentSocket(found.paths("identityagent", tokens).first, environment),
            knownHostsFiles: destination.knownHostsFiles
                + found.paths("userknownhostsfile", tokens, default: Self.defaultKnownHosts)
                + found.paths("globalknownhostsfile", tokens, default: Self.systemKnownHosts),
            connectTimeout: found["connecttimeout"].flatMap { try? Duration(parsing: $0) },
            jumps: destination.jumps.isEmpty ? Self.jumps(found["proxyjump"], of: destination) : destination.jumps,
            warnings: found.warnings)
    }

    /// `IdentityAgent`: a socket, `none`, `SSH_AUTH_SOCK`, or `$NAME` of a variable.
    private static func agentSocket(_ setting: String?, _ environment: [String: String]) -> String? {
        guard let setting, setting != "SSH_AUTH_SOCK" else { return environment["SSH_AUTH_SOCK"] }
        guard setting != "none" else { return nil }
        return setting.hasPrefix("$") ? environment[String(setting.dropFirst())] : setting
    }

    /// `ProxyJump`: `[user@]host[:port]`, several by comma, or `none`.
    private static func jumps(_ setting: String?, of destination: Destination) -> [Destination] {
        guard let setting, setting.lowercased() != "none" else { return [] }
        return setting.split(separator: ",").map { Destination(hop: $0, to: destination) }
    }
}
