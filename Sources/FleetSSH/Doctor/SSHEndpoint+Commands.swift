import FleetBase

/// The commands of OpenSSH that reach the same host, for a person to type.
extension SSHEndpoint {
    /// `user@address`, as ssh(1) takes it.
    var login: ShellWord { ShellWord("\(user)@\(address)") }

    /// What ssh(1) and ssh-copy-id(1) need beside the login.
    private var options: [ShellWord] {
        let way = Self.chain(jumps).joined(separator: ",")
        return (port == .ssh ? [] : ["-p", ShellWord("\(port)")])
            + (way.isEmpty ? [] : ["-o", ShellWord("ProxyJump=\(way)")])
    }

    private static func chain(_ jumps: [Destination]) -> [String] {
        jumps.flatMap { jump in
            let address = jump.address.contains(":") ? "[\(jump.address)]" : jump.address
            let user = jump.user.map { "\($0)@" } ?? ""
            return chain(jump.jumps) + [user + address + (jump.port.map { ":\($0)" } ?? "")]
        }
    }

    /// Runs a line in the login shell there, with a terminal that may ask for a password.
    package func ssh(_ line: String) -> String {
        let key: [ShellWord] = namesIdentities ? identityFiles.prefix(1).flatMap { ["-i", ShellWord($0)] } : []
        return (["ssh", "-t"] + options + key + [login, ShellWord(line)]).commandLine
    }

    /// Puts the public half of a key into the host's authorized_keys.
    func install(_ key: String) -> String {
        let name = key.hasSuffix(".pub") ? String(key.dropLast(4)) : key
        return (["ssh-copy-id", "-i", ShellWord(name + ".pub")] + options + [login]).commandLine
    }

    /// Writes a line at the top of sshd's configuration, where the first value counts, and has sshd read it.
    func configure(_ line: String) -> String {
        let change = "sed -i '1i \(line)' /etc/ssh/sshd_config && kill -HUP $(cat /run/sshd.pid)"
        let asRoot = user == "root" ? change : (["sudo", "sh", "-c", ShellWord(change)] as [ShellWord]).commandLine
        return ssh(asRoot)
    }
}
