import FleetBase

/// Something that keeps an operation from beginning: a broken file, an unknown name, a package that does not build.
public struct FleetError: Error, Sendable, CustomStringConvertible {
    /// What was wrong, in English, naming the file or the thing.
    public let message: String
    /// What to do about it.
    public let hint: String?

    /// The message, with the hint in parentheses.
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }

    init(_ error: any Error) {
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
    /// `unreachable`, `refused`, `host-key`, `auth`, `no-method`, `push`, `exit`, `signal`, `time-out`, `no-answer`,
    /// `lost`, `cancelled`, `mismatch`.
    public let kind: String
    /// What went wrong, in English.
    public let message: String
    /// What to do about it.
    public let hint: String?

    init(_ failure: Failure) {
        kind = failure.kind.rawValue
        message = failure.message.text(in: .english)
        hint = failure.hint?.text(in: .english)
    }
}
