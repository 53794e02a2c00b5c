package import FleetBase

/// What was found on the way to a host, up to the login.
package struct SSHExamination: Sendable {
    package fileprivate(set) var checks: [HostCheck] = []
    /// How long a question and its answer take; nil without a login.
    package var roundTrip: Duration?
    package var hasLoggedIn = false

    /// The checks of the way, in the order in which a connection is made.
    private static let way: [HostCheck.Kind] = [
        .name, .port, .server, .keyExchange, .hostKey, .login, .sessions,
    ]

    mutating func add(
        _ kind: HostCheck.Kind, of subject: String? = nil, is state: HostCheck.State = .ok, _ found: Message,
        mend: String? = nil, advice: Message? = nil
    ) {
        checks.append(HostCheck(kind, of: subject, is: state, found, mend: mend, advice: advice))
    }

    mutating func add(_ others: [HostCheck]) { checks += others }

    /// Says of what was not looked at that it was not.
    mutating func fillIn() {
        let seen = Set(checks.map(\.kind))
        checks += Self.way.filter { !seen.contains($0) }.map { .skipped($0) }
    }
}

/// What is to be found out of the way to a host.
package struct SSHQuestion: Sendable {
    package let destination: Destination
    /// The hosts that are reached through it.
    package var neighbours: [Destination] = []
    /// The known_hosts file of the project, which `fleet host pin` writes.
    package let pinFile: String
    /// How long each step may take.
    package let timeout: Duration

    /// How a person calls fleet with the same inventory.
    package let program: [ShellWord]

    package init(
        _ destination: Destination, neighbours: [Destination] = [], pinFile: String, timeout: Duration,
        program: [ShellWord] = ["fleet"]
    ) {
        (self.destination, self.neighbours) = (destination, neighbours)
        (self.pinFile, self.timeout, self.program) = (pinFile, timeout, program)
    }

    /// The same of a host on the way.
    func of(_ hop: Destination) -> SSHQuestion {
        SSHQuestion(hop, pinFile: pinFile, timeout: timeout, program: program)
    }
}

extension SSHTransport {
    /// Makes a connection step by step, and tells of each what was found.
    package func examine(_ question: SSHQuestion) async -> SSHExamination { await examine(question, behind: []) }

    /// - Parameter targets: the hosts that are to be reached through this one: one that needs itself would be examined for
    ///   ever.
    func examine(_ question: SSHQuestion, behind targets: [SSHEndpoint]) async -> SSHExamination {
        var examiner = SSHExaminer(self, question, behind: targets)
        await examiner.look()
        examiner.found.fillIn()
        return examiner.found
    }
}
