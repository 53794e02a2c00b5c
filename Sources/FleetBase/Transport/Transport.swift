/// A way to reach hosts: SSH, this machine itself, a fake for tests. One conformance suite proves them alike.
package protocol Transport: Sendable {
    /// - Throws: a failure of the classes unreachable, refused, host-key, auth, no-answer, lost or cancelled.
    func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection
}

/// A connection to one host, which carries any number of commands, several at once.
package protocol Connection: Sendable {
    /// Runs one command line in the user's login shell, in a session of its own, and pumps its input and output.
    ///
    /// - Throws: no-answer, lost or cancelled. The command may then still run: see the engine's `RemoteShell`.
    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion

    /// Whether the far end runs commands in a shell: a switch or an appliance may not.
    var runsShell: Bool { get }

    /// How many bytes a command's line may have there.
    var longestLine: Int { get }

    /// Whether it carries no command any more.
    var isClosed: Bool { get }

    /// Whether the far end may still be who it was taken for: false once its key is no longer pinned.
    var isTrusted: Bool { get }

    func close() async
}

extension Connection {
    package var runsShell: Bool { true }
    package var longestLine: Int { 30_000 }
    package var isClosed: Bool { false }
    package var isTrusted: Bool { true }
}

/// What to run and where its bytes come from and go to.
package struct CommandLine: Sendable {
    /// A line for the login shell.
    package let text: String
    /// Goes to the command's standard input before the input.
    package let prefix: [UInt8]
    package let input: Input
    package let output: Output
    /// How fast the input may go over a network; as fast as it can when nil.
    package let pace: Pace?
    /// Whether the receiver is behind with what it has got. Asked before every read; while it is, nothing is read, and
    /// the command waits once what lies between is full.
    package let isBehind: (@Sendable () -> Bool)?
    /// Told how many bytes of prefix and input have gone out so far. Called on the transport's thread: it must not block.
    package let sent: (@Sendable (Int64) -> Void)?

    package init(
        _ text: String, prefix: [UInt8] = [], input: Input = .none, pace: Pace? = nil,
        isBehind: (@Sendable () -> Bool)? = nil, sent: (@Sendable (Int64) -> Void)? = nil,
        output: @escaping Output
    ) {
        self.text = text
        self.prefix = prefix
        self.input = input
        self.pace = pace
        self.isBehind = isBehind
        self.sent = sent
        self.output = output
    }

    package enum Input: Sendable, Codable {
        case none
        case bytes([UInt8])
        /// A file on the master, streamed.
        case file(String)

        /// What is in memory.
        package var bytes: [UInt8] {
            if case .bytes(let bytes) = self { bytes } else { [] }
        }
    }

    package enum Stream: Sendable, Hashable { case output, error }

    /// What the receiver of output wants next.
    package enum Demand: Sendable {
        case more
        /// The end was seen: a background process that keeps the streams open is not waited for.
        case finished
    }

    /// Takes the bytes as they come. Called on the transport's thread: it must not block.
    package typealias Output = @Sendable (Stream, UnsafeRawBufferPointer) -> Demand
}

/// How a command ended, as far as the transport knows.
package struct Completion: Sendable, Hashable {
    package enum Ending: Sendable, Hashable {
        /// SSH reads 0 also when no status arrived; only a trailer proves a success.
        case status(Int32)
        /// Without the `SIG`, as RFC 4254, 6.10 names it.
        case signal(String)
    }

    package let ending: Ending
    /// Whether the far end runs commands in a shell, so that a missing trailer means a lost command.
    package let runsShell: Bool
    /// Bytes that went to the command's standard input.
    package let bytesSent: Int64

    package init(ending: Ending, runsShell: Bool = true, bytesSent: Int64 = 0) {
        self.ending = ending
        self.runsShell = runsShell
        self.bytesSent = bytesSent
    }
}
