import FleetBase

/// A failure on one host; the others go on.
public struct HostFailure: Error, Codable, Sendable, Hashable {
    /// What sort of failure it is.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// There is no connection: no route, a time-out, a name that does not resolve.
        case unreachable
        /// The host answered that nothing listens on the port.
        case refused
        /// The server on the port does not speak SSH, or it breaks SSH's rules.
        case brokenProtocol = "protocol"
        /// The host key is unknown, changed, revoked, or of a kind that can't be checked.
        case hostKey = "host-key"
        /// No key was accepted.
        case auth
        /// The login shell did not start the command.
        case noShell = "no-shell"
        /// The host can run none of the methods that the package supports.
        case noMethod = "no-method"
        /// The host has no room left.
        case noSpace = "no-space"
        /// A release did not get there whole, or did not stay so.
        case push
        /// Old releases could not be removed.
        case prune
        /// The host could not go back to an earlier release.
        case rollback
        /// Releases there are not what they should be, or can't be read.
        case verify
        /// A job could not be started, or not be laid there to start by itself.
        case start
        /// The command ended with a status other than 0.
        case exit
        /// A signal ended the command.
        case signal
        /// The command reached a time limit of its own.
        case timeOut = "time-out"
        /// The host said nothing in time: what was asked of it may still go on there.
        case noAnswer = "no-answer"
        /// The connection is gone: nobody knows how the command ended.
        case lost
        /// Somebody cancelled the operation.
        case cancelled
        /// The same work had different results on different hosts.
        case mismatch
        /// Not everything that the task left came home.
        case incomplete
        /// The task wrote or sent more than it may.
        case limit
        /// The machine that fleet runs on could not do its part.
        case master
    }

    /// What sort of failure it is.
    public let kind: Kind
    /// What went wrong, in English.
    public let message: String
    /// What to do about it.
    public let hint: String?

    private enum CodingKeys: String, CodingKey {
        case kind = "class"
        case message, hint
    }

    init(_ failure: Failure) {
        guard let kind = Kind(rawValue: failure.kind.rawValue) else {
            preconditionFailure("every class of failures is public")
        }
        self.kind = kind
        message = failure.message.text(in: .english)
        hint = failure.hint?.text(in: .english)
    }
}
