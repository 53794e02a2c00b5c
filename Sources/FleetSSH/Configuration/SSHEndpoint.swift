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
    /// Why no connection may be made: ssh would refuse the configuration, or it asks for what fleet can't do.
    package var refusal: Failure?

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

    /// - Parameter environment: `SSH_AUTH_SOCK` is read, and what the configuration names.
    package func endpoint(for destination: Destination, environment: [String: String]) -> SSHEndpoint {
        let alias = destination.address
        guard let doubt = doubt(about: alias) else {
            let found = Settings(directives(for: alias), home: home)
            return endpoint(for: destination, found, environment, refusal: found.refusal)
        }
        let question = SSHClient.Question(address: alias, user: destination.user, port: destination.port)
        switch client?.ask(question) ?? .notInstalled {
        case .settings(let answer):
            let found = Settings(answer, about: alias, home: home)
            return endpoint(for: destination, found, environment, refusal: found.refusal)
        case .refused(let reason):
            let said = HostText(reason).line
            return endpoint(
                for: destination, Settings([], home: home), environment,
                refusal: Failure(
                    .unreachable, Message("ssh refuses its configuration: \(said)"),
                    hint: Message("mend that line: ssh itself refuses it too")))
        case .notInstalled:
            let (place, reason) = (doubt.place, doubt.reason)
            return endpoint(
                for: destination, Settings([], home: home), environment,
                refusal: Failure(
                    .unreachable, Message("\(place): \(reason)"),
                    hint: Message("mend that line, or install OpenSSH's client, which fleet asks about such lines")))
        }
    }

    func endpoint(
        for destination: Destination, _ found: Settings, _ environment: [String: String], refusal: Failure?
    ) -> SSHEndpoint {
        let localUser = Environment.user(in: environment)
        let address = found["hostname"].map { $0.replacing("%h", with: destination.address) } ?? destination.address
        let port = destination.port ?? found["port"].flatMap { try? Port($0) } ?? .ssh
        let user = destination.user ?? found["user"] ?? localUser
        let tokens = Settings.Tokens(
            letters: [
                "%": "%", "h": address, "n": destination.address, "p": "\(port)", "r": user, "u": localUser, "d": home,
            ], variables: environment)
        let fallback = Self.defaultIdentities.map { "\(home)/.ssh/\($0)" }
        let named = destination.identityFiles + found.paths("identityfile", tokens)
        let identities = named.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let namesIdentities = !destination.identityFiles.isEmpty || found["identityfile"] != nil
        // 0 stands for no limit of its own.
        let timeout = found["connecttimeout"].flatMap { try? Duration(parsing: $0) }.flatMap { $0 > .zero ? $0 : nil }
        return SSHEndpoint(
            host: destination.host, address: address, port: port, user: user,
            keyName: (found["hostkeyalias"] ?? address).lowercased(),
            keyPort: found["hostkeyalias"] == nil ? port : .ssh,
            identityFiles: namesIdentities ? identities : fallback, namesIdentities: namesIdentities,
            identitiesOnly: ["yes", "true"].contains(found["identitiesonly"]?.lowercased()),
            agentSocket: Self.agentSocket(found.paths("identityagent", tokens).first, environment),
            knownHostsFiles: destination.knownHostsFiles
                + found.paths("userknownhostsfile", tokens, default: Self.defaultKnownHosts)
                + found.paths("globalknownhostsfile", tokens, default: Self.systemKnownHosts),
            connectTimeout: timeout,
            jumps: destination.jumps.isEmpty ? Self.jumps(found.proxyJump, of: destination) : destination.jumps,
            warnings: found.warnings, refusal: refusal)
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

extension SSHConfig.Settings {
    fileprivate var refusal: Failure? {
        guard let line = objection else { return nil }
        let (place, keyword) = (line.place, line.keyword)
        return Failure(
            .unreachable, Message("\(place): fleet does not support \(keyword), which ssh uses for this host"),
            hint: Message("give the host a jump or another address in the inventory, or take that line away from it"))
    }
}
