package import FleetBase

/// The lab can't be brought up or down.
package struct LabError: DescribedError, Equatable {
    package let message: Message
    package let hint: Message?
    package let exitCode: ExitCode
    /// Somebody else took the port between the look at it and its use.
    let isPortTaken: Bool

    init(
        _ message: Message, hint: Message? = nil, exitCode: ExitCode = .unexpected, isPortTaken: Bool = false
    ) {
        self.isPortTaken = isPortTaken
        self.message = message
        self.hint = hint
        self.exitCode = exitCode
    }
}
