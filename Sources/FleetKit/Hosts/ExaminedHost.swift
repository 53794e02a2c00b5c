/// A host as the doctor found it.
public struct ExaminedHost: Codable, Sendable, Hashable {
    /// How a check ended; of a host, the worst of its checks.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// Nothing is wrong.
        case ok
        /// It works, and could work better.
        case warning
        /// It keeps fleet from working with the host.
        case failed
        /// An earlier check failed.
        case skipped
    }

    /// The thing that was looked at, in the order in which a connection is made.
    public enum Subject: String, Codable, Sendable, CaseIterable {
        /// Whether the address resolves.
        case name
        /// A jump host on the way.
        case route
        /// Whether the port is open.
        case port
        /// The program that listens there.
        case server
        /// The exchange of keys.
        case keyExchange = "key-exchange"
        /// The host's key.
        case hostKey = "host-key"
        /// The agent of this machine.
        case agent
        /// A key file of this machine.
        case key
        /// The login.
        case login
        /// How many connections may log in at once.
        case startups
        /// How many commands one connection carries.
        case sessions
        /// Whether the host lets others pass, where it is their jump host.
        case forwarding
        /// The login shell.
        case shell
        /// What the login shell prints by itself.
        case greeting
        /// How long the login shell takes before a command begins.
        case shellStart = "shell-start"
        /// The tools that fleet needs.
        case tools
        /// fleet's folder.
        case folder
        /// The room on its disk.
        case disk
        /// The files that its disk can still take.
        case inodes
        /// The clock.
        case clock
        /// A container engine.
        case engine
    }

    /// One thing that was looked at.
    public struct Check: Codable, Sendable, Hashable {
        /// What was looked at.
        public let check: Subject
        /// Which of several: a jump host, a key file, a folder, an engine.
        public let subject: String?
        /// How it ended.
        public let state: State
        /// What was found.
        public let found: String
        /// The command that mends it, as a person would type it on this machine.
        public let mend: String?
        /// The advice, where no single command mends the fault.
        public let advice: String?
    }

    /// The host's name in the inventory.
    public let host: String
    /// The worst of its checks.
    public let state: State
    /// In the order in which a connection is made.
    public let checks: [Check]
}

/// A host that was tried.
public struct TriedHost: Codable, Sendable, Hashable {
    /// A method that the host has.
    public struct Method: Codable, Sendable, Hashable {
        /// How jobs are started by it.
        public let method: RunMethod
        /// Whether a tiny job ran.
        public let ok: Bool
        /// Why none ran.
        public let reason: String?
    }

    /// What a new login and one command took.
    public let loginSeconds: Double
    /// How fast bytes went to the host, in bytes a second.
    public let up: Double
    /// How fast they came back, in bytes a second.
    public let down: Double
    /// The methods that the host has.
    public let methods: [Method]

    private enum CodingKeys: String, CodingKey {
        case up, down, methods
        case loginSeconds = "login_seconds"
    }
}
