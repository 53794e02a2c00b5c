import CSSH2
import FleetBase

extension SSHConnection {
    /// Offers one key after the other until the server takes one.
    ///
    /// - Throws: auth, no-answer, lost or cancelled.
    func authenticate(
        with credentials: KeyRing.Credentials, until deadline: Deadline
    ) async throws(Failure) {
        for credential in credentials.keys {
            let code = try await offer(Signer(credential), until: deadline)
            if code == 0 { return }
            guard isRefusal(CInt(code)) else { throw refusedAfter(credential) }
        }
        guard try await !letsEverybodyIn(until: deadline) else { return }
        throw refused(credentials)
    }

    /// Whether the server needs no key (RFC 4252, 5.2, "none"), as for an account without a password. Asked last, since
    /// it costs a round trip, and seldom is so.
    private func letsEverybodyIn(until deadline: Deadline) async throws(Failure) -> Bool {
        do throws(Failure) {
            return try await offeredMethods(until: deadline) == nil
        } catch {
            // The question may be one too many for a server that counts; then the keys were refused.
            guard error.kind == .lost else { throw error }
            return false
        }
    }

    /// Whether the server, or the key's agent, said no and the next key may be tried.
    func isRefusal(_ code: CInt) -> Bool {
        switch code {
        case LIBSSH2_ERROR_AUTHENTICATION_FAILED, LIBSSH2_ERROR_PUBLICKEY_UNRECOGNIZED: true
        // The same code stands for a connection that ended: the text is "Waiting for USERAUTH response" then.
        case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: !session.lastError.hasPrefix("Waiting for")
        default: false
        }
    }

    /// - Returns: libssh2's answer: 0 when the server took the key.
    func offer(_ signer: Signer, until deadline: Deadline) async throws(Failure) -> Int {
        session.traffic.pointee.offered = OfferedKey(signer.credential.blob)
        defer { session.traffic.pointee.offered = nil }
        let agentMustSign = 1
        while true {
            let code = try await perform(until: deadline) {
                var abstract: UnsafeMutableRawPointer? = Unmanaged.passUnretained(signer).toOpaque()
                guard let offered = session.traffic.pointee.offered else { return Int(LIBSSH2_ERROR_INVAL) }
                let code = libssh2_userauth_publickey(
                    session.pointer, endpoint.user, offered.bytes, offered.count, Signer.callback, &abstract)
                return code == LIBSSH2_ERROR_EAGAIN && signer.question != nil ? agentMustSign : Int(code)
            }
            guard code == agentMustSign, let message = signer.question,
                case .agent(let agent, let identity) = signer.credential
            else { return code }
            let signature = await ThreadExecutor.lookups.run {
                try? agent.sign(message, with: identity.blob, until: deadline)
            }
            signer.state = signature.map { .signed($0) } ?? .refused
        }
    }

    private func refused(_ credentials: KeyRing.Credentials) -> Failure {
        close()
        let user = endpoint.user
        let address = endpoint.address
        let problem = credentials.problems.first
        guard !credentials.keys.isEmpty else {
            if let problem, endpoint.namesIdentities || problem.hint != nil {
                let advice = Message(
                    "name another file with key: in the inventory, or mend this one: fleet doctor \(endpoint.host)")
                return Failure(.auth, problem.message, hint: problem.hint ?? advice)
            }
            return Failure(
                .auth, problem?.message ?? Message("there is no key to log in with as \(user) at \(address)"),
                hint: Message(
                    "make a key with ssh-keygen -t ed25519 and install it with ssh-copy-id \(user)@\(address)"))
        }
        let tried = credentials.keys.map(\.name).joined(separator: ", ")
        return Failure(
            .auth, Message("\(address) takes none of the keys for the user \(user): \(tried)"),
            hint: problem?.message
                ?? Message(
                    "is the user right? Install a key with ssh-copy-id \(user)@\(address), or name another key with key: in the inventory"
                ))
    }

    /// The connection ended instead of an answer to the key. A server that means it says so: too many keys, or a login
    /// that is not allowed. Without a word of it the network is the likelier cause, or a server that is busy.
    private func refusedAfter(_ credential: Credential) -> Failure {
        let name = credential.name
        let wasSaid = session.traffic.pointee.farewell != nil
        return fail { reason in
            guard wasSaid else {
                return Failure(
                    .lost, Message("the connection ended during the login with the key \(name): \(reason)"),
                    hint: Message(
                        "look at the network; if it happens each time, the server's log tells why it ends this login"))
            }
            return Failure(
                .auth, Message("the server ended the login at the key \(name): \(reason)"),
                hint: Message("an agent with many keys exhausts MaxAuthTries: set IdentitiesOnly yes for this host"))
        }
    }
}
