import CSSH2
import FleetBase

extension SSHConnection {
    /// Exchanges keys and checks the host key.
    ///
    /// - Returns: the key that the host has.
    /// - Throws: host-key, no-answer, lost, cancelled; `lost` may be a server that is busy, and worth another try.
    func handshake(knownHosts: KnownHosts, until deadline: Deadline) async throws(Failure) -> HostKey {
        let key = try await shownKey(until: deadline)
        if let failure = verdict(on: key, knownHosts) {
            close()
            throw failure
        }
        return key
    }

    /// Exchanges keys; the server has then proved that it holds the key that it shows.
    func shownKey(until deadline: Deadline) async throws(Failure) -> HostKey {
        let socket = session.socket
        let code: Int
        do {
            code = try await perform(until: deadline) { Int(libssh2_session_handshake(session.pointer, socket)) }
        } catch  where error.kind == .noAnswer {
            let isSilent = session.bytesReceived == 0
            throw Failure(
                .noAnswer,
                isSilent
                    ? Message("\(endpoint.address) port \(endpoint.port) accepts connections but says nothing")
                    : Message("\(endpoint.address) port \(endpoint.port) did not finish the key exchange in time"),
                hint: Message("is it an SSH server? Look at the port, and at the load of the host"))
        }
        guard code == 0 else { throw handshakeFailure(CInt(code)) }
        guard let key = session.hostKey else { throw fail(lost) }
        return key
    }

    private func handshakeFailure(_ code: CInt) -> Failure {
        switch code {
        case _ where session.traffic.pointee.isClosedByPeer: closedInHandshake()
        case LIBSSH2_ERROR_KEX_FAILURE, LIBSSH2_ERROR_METHOD_NONE:
            fail { reason in
                Failure(
                    .hostKey, Message("no common algorithms with the server: \(reason)"),
                    hint: Message(
                        "a server that has only an RSA host key is out of reach: make one there with ssh-keygen -A"))
            }
        case LIBSSH2_ERROR_HOSTKEY_INIT, LIBSSH2_ERROR_HOSTKEY_SIGN, LIBSSH2_ERROR_KEY_EXCHANGE_FAILURE:
            fail { Failure(.hostKey, Message("the key exchange failed: \($0)")) }
        default: closedInHandshake()
        }
    }

    /// What OpenSSH says when it sends somebody away for now (sshd_config(5), MaxStartups and PerSourcePenalties).
    private static let busyWords = ["Exceeded MaxStartups", "Not allowed at this time"]

    /// A busy sshd closes the connection, often without a word, and a later try may find it less busy. Other words than
    /// an identification are another server's, and packets that make no sense nobody's.
    private func closedInHandshake() -> Failure {
        let traffic = session.traffic.pointee
        let isBusy = traffic.isClosedByPeer && traffic.mayBeSSH
        return fail { reason in
            if isBusy || Self.busyWords.contains(traffic.greeting) {
                return Failure(
                    .lost, Message("the server closed the connection or is no SSH server: \(reason)"),
                    hint: Message("look at the port, and at MaxStartups in the server's sshd_config"))
            }
            let said = traffic.isIdentified ? reason : Message("it says \(traffic.greeting)")
            return Failure(
                .brokenProtocol, Message("the program that listens there is not an SSH server: \(said)"),
                hint: Message("is it an SSH server? Look at the port"))
        }
    }

    private func verdict(on key: HostKey, _ knownHosts: KnownHosts) -> Failure? {
        Self.failure(
            knownHosts.verdict(on: key, for: endpoint.keyName, port: endpoint.keyPort), key, endpoint)
    }

    /// - Returns: nil for a key that is trusted.
    static func failure(_ verdict: KnownHosts.Verdict, _ key: HostKey, _ endpoint: SSHEndpoint) -> Failure? {
        let name = endpoint.lookupName
        let fingerprint = key.fingerprint
        let host = endpoint.host
        switch verdict {
        case .trusted: return nil
        case .unknown:
            return Failure(
                .hostKey, Message("the host key of \(name) is not known: \(key.algorithm) \(fingerprint)"),
                hint: Message("if this fingerprint is the host's, pin it with: fleet host pin \(host)"))
        case .changed(let place):
            return Failure(
                .hostKey,
                Message("the host key of \(name) has CHANGED to \(key.algorithm) \(fingerprint); \(place) has another"),
                hint: Message(
                    "somebody may listen in. If the host was set up anew: fleet host pin \(host) --replace"))
        case .otherKind(let place):
            return Failure(
                .hostKey,
                Message(
                    "\(name) shows the host key \(key.algorithm) \(fingerprint); \(place) has one of another kind only"),
                hint: Message("if this fingerprint is the host's, pin it with: fleet host pin \(host)"))
        case .revoked(let place):
            return Failure(
                .hostKey, Message("the host key of \(name) is revoked by \(place)"),
                hint: Message("do not connect before the host has a new key"))
        case .needsCertificate(let place):
            return Failure(
                .hostKey, Message("\(place) wants a certificate for \(name), which is not supported"),
                hint: Message("pin the host's own key beside it: fleet host pin \(host)"))
        }
    }
}
