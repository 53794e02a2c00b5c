import FleetBase
import FleetService

/// Something that keeps a call from being answered, or an operation from beginning or ending as it should: a broken file,
/// an unknown name, a package that does not build, a ledger that can't be written.
public struct FleetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What sort of error it is.
    public enum Kind: Sendable, Hashable {
        /// What was asked for makes no sense.
        case usage
        /// A file of the project is broken, or it does not have what was named.
        case configuration
        /// Another program works on the same.
        case locked
        /// It was cancelled, or a person said no.
        case cancelled
        /// The one host that it was about failed.
        case host(HostFailure.Kind)
        /// Anything else, such as a disk that is full.
        case other
    }

    /// What sort of error it is.
    public let kind: Kind
    /// What was wrong, in English, naming the file or the thing.
    public let message: String
    /// What to do about it.
    public let hint: String?

    /// The message, with the hint in parentheses.
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }

    init(_ kind: Kind, _ message: String, hint: String? = nil) {
        (self.kind, self.message, self.hint) = (kind, message, hint)
    }

    init(_ error: any Error) {
        switch error {
        case let error as FleetError: self = error
        case is CancellationError: self.init(.cancelled, "cancelled")
        case let declined as Declined: self.init(.cancelled, declined.message.text(in: .english))
        case let failure as Failure:
            let failure = HostFailure(failure)
            self.init(.host(failure.kind), failure.message, hint: failure.hint)
        case let error as any DescribedError:
            self.init(
                Kind(error.exitCode), error.message.text(in: .english), hint: error.hint?.text(in: .english))
        default: self.init(.other, "\(error)")
        }
    }
}

extension FleetError.Kind {
    fileprivate init(_ code: ExitCode) {
        self =
            switch code {
            case .usage: .usage
            case .badConfiguration: .configuration
            case .locked: .locked
            case .cancelled: .cancelled
            case .success, .unexpected, .someFailed, .noActiveMachine: .other
            }
    }
}
