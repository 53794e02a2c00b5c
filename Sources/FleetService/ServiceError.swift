package import FleetBase

/// An operation or a question was asked for something that makes no sense.
package struct ServiceError: DescribedError {
    package let message: Message
    package let hint: Message?

    package init(_ message: Message, hint: Message? = nil) { (self.message, self.hint) = (message, hint) }

    package var exitCode: ExitCode { .usage }
}

extension ServiceError {
    /// - Throws: when it is no number of hosts that work is done on at once.
    static func check(width: Int) throws(ServiceError) {
        guard width > 0 else { throw ServiceError(Message("the number of hosts at once must be at least 1")) }
    }

    /// - Throws: when it is no number of things in a list.
    static func check(limit: Int) throws(ServiceError) {
        guard limit > 0 else { throw ServiceError(Message("a list needs a length of at least 1")) }
    }

    /// - Throws: when nothing could run within it.
    static func check(timeout: Duration?) throws(ServiceError) {
        guard timeout.map({ $0 > .zero }) ?? true else {
            throw ServiceError(Message("the time limit must be longer than 0"))
        }
    }
}
