package import FleetBase

/// A question that was put in a way that nobody can answer.
package struct QueryError: DescribedError, Equatable {
    package let message: Message
    package let hint: Message?
    package var exitCode: ExitCode { .usage }

    init(_ message: Message, hint: Message? = nil) { (self.message, self.hint) = (message, hint) }
}
