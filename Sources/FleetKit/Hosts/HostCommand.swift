import FleetBase
import FleetHosts

/// A command for hosts. A list of words is a program and its arguments:
///
///     fleet.hosts.execute(["uname", "-a"])
///     fleet.hosts.execute(.shell("ls | wc -l"))
public struct HostCommand: Sendable, ExpressibleByArrayLiteral {
    /// What a command reads from its standard input.
    public enum Input: Sendable, Hashable {
        /// Nothing.
        case none
        /// These bytes.
        case bytes([UInt8])
        /// A file of this machine, by its absolute path.
        case file(String)
    }

    /// The host's folder in which the command runs; the login's own when nil.
    public var directory: String?
    /// What the command reads.
    public var input = Input.none
    /// How long the command may run; more than 0.
    public var timeout = Duration.seconds(600)
    private let work: Execution

    private init(_ work: Execution) { self.work = work }

    /// A program and its arguments.
    public init(arrayLiteral words: String...) { self.init(words: words) }

    /// A program and its arguments.
    ///
    /// - Parameter words: a single word is a line for the shell, as ``shell(_:)`` takes it.
    public init(words: [String]) { self.init(Execution(words: words)) }

    /// A line for the host's `/bin/sh`.
    public static func shell(_ line: String) -> HostCommand { HostCommand(Execution(words: [line])) }

    /// Code for the host's own `python3`.
    public static func python(_ code: String) -> HostCommand { HostCommand(Execution(python: code)) }

    var execution: Execution {
        var execution = work
        execution.directory = directory
        execution.timeout = min(timeout, .longest)
        switch input {
        case .none: execution.input = .none
        case .bytes(let bytes): execution.input = .bytes(bytes)
        case .file(let path): execution.input = .file(path)
        }
        return execution
    }
}

/// The answer of one host to a command.
public struct CommandOutput: Sendable, Hashable {
    /// The exit status; nil when a signal ended the command.
    public let status: Int32?
    /// Standard output, as the command wrote it.
    public let output: [UInt8]
    /// Standard error.
    public let error: [UInt8]
    /// From the start of the command to its end.
    public let seconds: Double

    init(_ answer: ExecAnswer) throws(Failure) {
        (output, error) = try answer.bytes()
        status = answer.result.status
        seconds = answer.result.duration.seconds
    }
}
