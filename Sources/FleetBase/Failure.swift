/// Why a host or a task failed, by class; the raw value is what `--json` prints.
///
/// The class alone says whose fault it is, whether another try may help, and whether the host was there at all.
package enum FailureClass: String, Sendable, Codable, CaseIterable {
    /// No connection: no route, a time-out, a name that does not resolve.
    case unreachable
    /// The host answered that nothing listens on the port.
    case refused
    /// The server on the port does not speak SSH, or it breaks SSH's rules.
    case brokenProtocol = "protocol"
    /// The host key is unknown, changed, revoked, or of a kind that cannot be checked.
    case hostKey = "host-key"
    /// No key was accepted.
    case auth
    /// The login shell did not start the command.
    case noShell = "no-shell"
    /// The host can run none of the methods that the package supports.
    case noMethod = "no-method"
    /// The host has no room left: no space, no inodes, a quota.
    case noSpace = "no-space"
    /// A release did not get there whole, did not stay so, or may not run there.
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
    /// The command was killed by a signal.
    case signal
    /// It reached a limit of its own: a task's `timeout:`, a command's `--timeout`.
    case timeOut = "time-out"
    /// The host took the connection or the command and said nothing in time: what was asked of it may still go on there.
    case noAnswer = "no-answer"
    /// The connection or the trailer is gone: nobody knows how the command ended.
    case lost
    case cancelled
    /// The same work had different results on different hosts.
    case mismatch
    /// Not everything that the task left came home.
    case incomplete
    /// The task wrote or sent more than it may.
    case limit
    /// The machine that fleet runs on could not do its part: its disk is full, a file of its can't be read.
    case master
}

extension FailureClass {
    /// Who has to mend it.
    package enum Fault: Sendable { case task, host, network, master, user }

    package var fault: Fault {
        switch self {
        case .unreachable, .lost, .noAnswer: .network
        case .refused, .brokenProtocol, .noShell, .noMethod, .noSpace, .push, .prune, .rollback, .verify, .start: .host
        case .hostKey, .auth, .cancelled: .user
        case .exit, .signal, .timeOut, .mismatch, .incomplete, .limit: .task
        case .master: .master
        }
    }

    /// The class as people read it: in English, what `--json` prints.
    package var words: Message {
        switch self {
        case .unreachable: Message("unreachable")
        case .refused: Message("refused")
        case .brokenProtocol: Message("protocol")
        case .hostKey: Message("host-key")
        case .auth: Message("auth")
        case .noShell: Message("no-shell")
        case .noMethod: Message("no-method")
        case .noSpace: Message("no-space")
        case .push: Message("push")
        case .prune: Message("prune")
        case .rollback: Message("rollback")
        case .verify: Message("verify")
        case .start: Message("start")
        case .exit: Message("exit")
        case .signal: Message("signal")
        case .timeOut: Message("time-out")
        case .noAnswer: Message("no-answer")
        case .lost: Message("lost")
        case .cancelled: Message("cancelled")
        case .mismatch: Message("mismatch")
        case .incomplete: Message("incomplete")
        case .limit: Message("limit")
        case .master: Message("master")
        }
    }

    /// Whether the same may succeed on the same host a little later, with nobody's help.
    package var mayPass: Bool {
        switch self {
        case .unreachable, .refused, .lost, .noAnswer: true
        default: false
        }
    }

    /// The work was done; what it left is the trouble.
    package var isAboutResults: Bool { self == .incomplete || self == .limit || self == .mismatch }

    /// The host was not there.
    package var isAbsence: Bool { self == .unreachable || self == .refused }
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
