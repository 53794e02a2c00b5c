package import FleetBase
package import FleetConfig

/// Takes what commands write byte by byte, for a front end in the same process; events have it as lines of text.
package struct OutputSink: Sendable {
    /// Called on the transport's thread: it must not block.
    package typealias Receiver = @Sendable (Host) -> CommandLine.Output

    /// Whether who gets the output is behind: no more is read then.
    package let isBehind: @Sendable () -> Bool
    /// Gives what takes the output of each of so many hosts; nil when the result should have it instead.
    package let receiver: @Sendable ([Host]) -> Receiver?

    package init(isBehind: @escaping @Sendable () -> Bool, _ receiver: @escaping @Sendable ([Host]) -> Receiver?) {
        (self.isBehind, self.receiver) = (isBehind, receiver)
    }
}
