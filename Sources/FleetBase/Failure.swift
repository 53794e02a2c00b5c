/// Why a host or a task failed, by class; the raw value is what `--json` prints.
package enum FailureClass: String, Sendable, Codable, CaseIterable {
    /// No connection: no route, a time-out, a name that does not resolve.
    case unreachable
    /// The host answered that nothing listens on the port.
    case refused
    /// The host key is unknown, changed, revoked, or of a kind that cannot be checked.
    case hostKey = "host-key"
    /// No key was accepted.
    case auth
    /// The host can run none of the methods that the package supports.
    case noMethod = "no-method"
    case push
    /// The command ended with a status other than 0.
    case exit
    /// The command was killed by a signal.
    case signal
    case timeOut = "time-out"
    /// The connection or the trailer is gone: nobody knows how the command ended.
    case lost
    case cancelled
    /// The same work had different results on different hosts.
    case mismatch
}

/// A failure on one host: a value in a result, never a throw that stops the other hosts.
package struct Failure: Error, Sendable, Hashable {
    package let kind: FailureClass
    package let message: Message
    package let hint: Message?

    package init(_ kind: FailureClass, _ message: Message, hint: Message? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }
}
