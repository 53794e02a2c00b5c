/// What every error of fleet's libraries can say to a person.
package protocol DescribedError: Error {
    /// What was wrong, naming the thing: no capital, no full stop.
    var message: Message { get }
    /// What to do about it.
    var hint: Message? { get }
    /// The exit status of the program when this error ends it.
    var exitCode: ExitCode { get }
}

/// The exit statuses of `fleet`.
package enum ExitCode: Int32, Sendable {
    case success = 0
    case unexpected = 1
    case usage = 2
    case someFailed = 3
    case badConfiguration = 4
    case locked = 5
    case noActiveMachine = 6
    case cancelled = 130
}

/// A text that is not the value it should be.
package struct ValueError: DescribedError, Equatable {
    package let message: Message
    package var hint: Message? { nil }
    package var exitCode: ExitCode { .usage }

    package init(_ message: Message) { self.message = message }
}
