import FleetBase

/// Something that keeps an operation from beginning: a broken file, an unknown name, a package that does not build.
public struct FleetError: Error, Sendable, CustomStringConvertible {
    /// What was wrong, in English, naming the file or the thing.
    public let message: String
    /// What to do about it.
    public let hint: String?

    /// The message, with the hint in parentheses.
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }

    init(message: String, hint: String?) { (self.message, self.hint) = (message, hint) }

    init(_ error: any Error) {
        if let error = error as? FleetError {
            self = error
            return
        }
        if let failure = error as? Failure {
            message = failure.message.text(in: .english)
            hint = failure.hint?.text(in: .english)
            return
        }
        guard let error = error as? any DescribedError else {
            message = "\(error)"
            hint = nil
            return
        }
        message = error.message.text(in: .english)
        hint = error.hint?.text(in: .english)
    }
}

/// A failure on one host; the others go on.
public struct HostFailure: Error, Sendable, Hashable {
    /// What sort of failure it is.
    public enum Kind: String, Sendable, CaseIterable {
        case unreachable, refused
        case brokenProtocol = "protocol"
        case hostKey = "host-key"
        case auth
        case noShell = "no-shell"
        case noMethod = "no-method"
        case noSpace = "no-space"
        case push, exit, signal
        case timeOut = "time-out"
        case noAnswer = "no-answer"
        case lost, cancelled, mismatch, incomplete, limit, master
    }

    /// What sort of failure it is.
    public let kind: Kind
    /// What went wrong, in English.
    public let message: String
    /// What to do about it.
    public let hint: String?

    init(_ failure: Failure) {
        guard let kind = Kind(rawValue: failure.kind.rawValue) else {
            preconditionFailure("every class of failures is public")
        }
        self.kind = kind
        message = failure.message.text(in: .english)
        hint = failure.hint?.text(in: .english)
    }
}
