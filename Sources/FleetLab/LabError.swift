package import FleetBase

/// The lab can't be brought up or down.
package struct LabError: DescribedError, Equatable {
    package let message: Message
    package let hint: Message?
    package let exitCode: ExitCode

    init(_ message: Message, hint: Message? = nil, exitCode: ExitCode = .unexpected) {
        self.message = message
        self.hint = hint
        self.exitCode = exitCode
    }
}
