import CSSH2
import FleetBase

extension SSHConnection {
    /// Logs in with a password: as the method `password` has it (RFC 4252, 8), else as the answer to the one hidden
    /// question of `keyboard-interactive` (RFC 4256).
    ///
    /// - Throws: auth, no-answer, lost or cancelled; the connection is closed then.
    func authenticate(with password: Secret, until deadline: Deadline) async throws(Failure) {
        guard let offered = try await offeredMethods(until: deadline) else { return }
        let code: Int
        if offered.contains("password") {
            code = try await offer(password, until: deadline)
        } else if offered.contains("keyboard-interactive") {
            code = try await answer(with: password, until: deadline)
        } else {
            close()
            throw Failure(.auth, Message("\(endpoint.address) takes no password of the user \(endpoint.user)"))
        }
        guard code != 0 else { return }
        switch code {
        case Int(LIBSSH2_ERROR_AUTHENTICATION_FAILED):
            close()
            throw .wrongPassword(of: endpoint.user, at: endpoint.address)
        case Int(LIBSSH2_ERROR_PASSWORD_EXPIRED):
            close()
            let (user, address) = (endpoint.user, endpoint.address)
            throw Failure(
                .refused, Message("the password of the user \(user) has expired on \(address)"),
                hint: Message("log in there by ssh, which asks for a new one, and add the host then"))
        default: throw fail(lost)
        }
    }

    private func offer(_ password: Secret, until deadline: Deadline) async throws(Failure) -> Int {
        let (user, words) = (endpoint.user, password.reveal())
        return try await perform(until: deadline) {
            Int(
                libssh2_userauth_password_ex(
                    session.pointer, user, UInt32(user.utf8.count), words, UInt32(words.utf8.count), nil))
        }
    }

    private func answer(with password: Secret, until deadline: Deadline) async throws(Failure) -> Int {
        let user = endpoint.user
        session.traffic.pointee.password = password
        defer { session.traffic.pointee.password = nil }
        return try await perform(until: deadline) {
            Int(
                libssh2_userauth_keyboard_interactive_ex(
                    session.pointer, user, UInt32(user.utf8.count), SessionCallbacks.answerQuestions))
        }
    }
}

extension Failure {
    /// A server that lets somebody in only with another password.
    static func wrongPassword(of user: String, at address: String) -> Failure {
        Failure(
            .auth, Message("\(address) does not take this password of the user \(user)"),
            hint: Message("is the user right? A server may also take no password of root"))
    }
}
