import Synchronization

/// What commands on one host have found out about the login shell there.
package final class LoginShell: Sendable {
    private let hasBeenCsh = Mutex(false)

    package init() {}

    var isCsh: Bool { hasBeenCsh.withLock(\.self) }

    func becomesCsh() { hasBeenCsh.withLock { $0 = true } }
}
