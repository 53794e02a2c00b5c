package import FleetBase

/// A private key file that can't be used.
package struct KeyFileError: DescribedError, Equatable {
    package enum Code: Sendable { case unreadable, notAKey, encrypted, unsupported }

    package let code: Code
    package let message: Message
    package let hint: Message?
    package var exitCode: ExitCode { .badConfiguration }

    init(_ code: Code, _ message: Message, hint: Message? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}
