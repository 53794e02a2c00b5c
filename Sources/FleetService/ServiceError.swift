package import FleetBase

/// An operation was asked for something that makes no sense.
package struct ServiceError: DescribedError {
    package let message: Message
    package let hint: Message?

    package init(_ message: Message, hint: Message? = nil) { (self.message, self.hint) = (message, hint) }

    package var exitCode: ExitCode { .usage }
}
