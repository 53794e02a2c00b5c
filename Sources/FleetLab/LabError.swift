package import FleetBase

/// The lab can't be brought up or down.
package struct LabError: DescribedError, Equatable {
    package let message: Message
    package let hint: Message?
    package var exitCode: ExitCode { .unexpected }

    init(_ message: Message, hint: Message? = nil) {
        self.message = message
        self.hint = hint
    }
}
