package import FleetBase

/// How a person gets onto a host to mend something there.
package struct HostAccess: Sendable {
    private let host: HostName
    /// Runs a line there with a terminal, which may ask for a password; nil on this machine itself.
    private let ssh: (@Sendable (String) -> String)?

    /// How a person calls fleet with the same inventory.
    private let program: [ShellWord]

    package init(
        _ host: HostName, program: [ShellWord] = ["fleet"], ssh: (@Sendable (String) -> String)? = nil
    ) {
        (self.host, self.program, self.ssh) = (host, program, ssh)
    }

    /// The host's name as a word of a command.
    var name: ShellWord { ShellWord(host.text) }

    /// A command of fleet's.
    func fleet(_ words: [ShellWord]) -> String { (program + words).commandLine }

    /// The command that runs a line there as the user.
    func asUser(_ line: String) -> String { fleet(["exec", "--hosts", name, ShellWord(line)]) }

    /// The command that runs a line there as root.
    ///
    /// - Parameter line: for a shell.
    func asRoot(_ line: String, _ rights: HostNeeds.Rights) -> String {
        let words = ShellWord(line).rendered
        switch rights {
        case .root: return asUser(line)
        case .sudo: return asUser("sudo -n sh -c \(words)")
        case .password: return onTerminal("sudo sh -c \(words)")
        case .none: return onTerminal("su -c \(words)")
        }
    }

    private func onTerminal(_ line: String) -> String { ssh?(line) ?? line }
}
