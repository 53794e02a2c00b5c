/// One thing that was looked at on the way to a host, or on the host itself.
package struct HostCheck: Sendable, Hashable {
    /// The thing that was looked at, in the order in which a connection is made; the raw value is what `--json` prints.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Whether the address resolves.
        case name
        /// A jump host on the way; the check's subject is its address.
        case route
        case port
        /// The program that listens there.
        case server
        case keyExchange = "key-exchange"
        case hostKey = "host-key"
        /// The agent of this machine; the check's subject is its socket.
        case agent
        /// A key file of this machine; the check's subject is its path.
        case key
        case login
        /// How many connections may log in at once: sshd_config(5), MaxStartups.
        case startups
        /// How many commands one connection carries: sshd_config(5), MaxSessions.
        case sessions
        /// Whether the host lets others pass, where it is their jump host.
        case forwarding
        case shell
        /// What the login shell prints before a command.
        case greeting
        /// How long the login shell takes before a command begins.
        case shellStart = "shell-start"
        case tools
        /// fleet's folder: whether it can be written to, and whether programs run there.
        case folder
        case disk
        case inodes
        case clock
        /// A container engine; the check's subject is its program.
        case engine
    }

    package enum State: String, Sendable, Codable, CaseIterable {
        case ok, warning, failed
        /// An earlier check failed.
        case skipped
    }

    package let kind: Kind
    /// Which of several things of its kind.
    package var subject: String?
    package let state: State
    package let found: Message
    /// The command that mends it, as a person would type it on this machine.
    package var mend: String?
    /// The advice, where no single command mends the fault.
    package var advice: Message?

    package init(
        _ kind: Kind, of subject: String? = nil, is state: State = .ok, _ found: Message, mend: String? = nil,
        advice: Message? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.state = state
        self.found = found
        (self.mend, self.advice) = (mend, mend == nil ? advice : nil)
    }

    /// What an earlier failure left unknown.
    package static func skipped(_ kind: Kind, of subject: String? = nil) -> HostCheck {
        HostCheck(kind, of: subject, is: .skipped, Message("an earlier check failed"))
    }
}

extension Sequence<HostCheck> {
    /// The worst of the states: failed, warning, or ok.
    package var worst: HostCheck.State {
        contains { $0.state == .failed } ? .failed : contains { $0.state == .warning } ? .warning : .ok
    }
}
