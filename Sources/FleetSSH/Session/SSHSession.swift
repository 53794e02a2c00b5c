import CSSH2
import FleetBase
import Glibc

/// A libssh2 session and the socket it owns. Non-blocking; closed and freed when it goes.
struct SSHSession: ~Copyable {
    // Measured: curve25519 and ECDH cost 0.4 ms. Of the others none makes a loop wait for long: in a group exchange the
    // server may name a prime of 16,384 bits, with which libssh2 computes for seconds in one call, and group 18 takes
    // nearly as long. AES-NI makes AES-128-CTR the fastest cipher that libssh2 1.10 has; CBC, RC4, 3DES, MD5 and SHA-1
    // MACs are left out for good.
    private static let keyExchanges =
        "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
        + "diffie-hellman-group16-sha512,diffie-hellman-group14-sha256"
    private static let ciphers = "aes128-ctr,aes192-ctr,aes256-ctr"
    private static let codes = "hmac-sha2-256,hmac-sha2-512"
    static let hostKeyAlgorithms = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    ]

    /// libssh2 wants this once, before any session.
    private static let isInitialised: Bool = libssh2_init(0) == 0

    let pointer: OpaquePointer
    let socket: CInt
    /// On the heap, since the callbacks of libssh2 get its address.
    let traffic: UnsafeMutablePointer<SessionTraffic>

    /// - Parameter knownAlgorithms: those of the stored host keys, which the server is asked for first.
    init(socket: CInt, knownAlgorithms: [String]) {
        precondition(Self.isInitialised, "libssh2 does not start")
        traffic = .allocate(capacity: 1)
        traffic.initialize(to: SessionTraffic())
        guard
            let pointer = libssh2_session_init_ex(
                SessionCallbacks.allocate, SessionCallbacks.free, SessionCallbacks.reallocate, traffic)
        else { preconditionFailure("out of memory") }
        self.pointer = pointer
        self.socket = socket
        libssh2_session_set_blocking(pointer, 0)
        setCallback(LIBSSH2_CALLBACK_RECV, unsafeBitCast(SessionCallbacks.receive, to: UnsafeMutableRawPointer.self))
        setCallback(LIBSSH2_CALLBACK_SEND, unsafeBitCast(SessionCallbacks.send, to: UnsafeMutableRawPointer.self))
        setCallback(
            LIBSSH2_CALLBACK_DISCONNECT, unsafeBitCast(SessionCallbacks.disconnect, to: UnsafeMutableRawPointer.self))
        prefer(Self.keyExchanges, for: LIBSSH2_METHOD_KEX)
        let known = Self.hostKeyAlgorithms.filter(knownAlgorithms.contains)
        let others = Self.hostKeyAlgorithms.filter { !known.contains($0) }
        prefer((known + others).joined(separator: ","), for: LIBSSH2_METHOD_HOSTKEY)
        for method in [LIBSSH2_METHOD_CRYPT_CS, LIBSSH2_METHOD_CRYPT_SC] { prefer(Self.ciphers, for: method) }
        for method in [LIBSSH2_METHOD_MAC_CS, LIBSSH2_METHOD_MAC_SC] { prefer(Self.codes, for: method) }
    }

    private func setCallback(_ kind: CInt, _ function: UnsafeMutableRawPointer) {
        libssh2_session_callback_set(pointer, kind, function)
    }

    private func prefer(_ methods: String, for kind: CInt) {
        let code = libssh2_session_method_pref(pointer, kind, methods)
        precondition(code == 0, "libssh2 knows none of \(methods)")
    }

    deinit {
        // `session_free` may want to write and answer EAGAIN; where nothing may be sent it fails at once instead.
        traffic.pointee.isOver = true
        shutdown(socket, CInt(SHUT_RDWR))
        while libssh2_session_free(pointer) == LIBSSH2_ERROR_EAGAIN {}
        close(socket)
        traffic.deinitialize(count: 1)
        traffic.deallocate()
    }

    var bytesReceived: Int { traffic.pointee.received }

    /// What an operation that answered EAGAIN waits for.
    var blockedOn: Interest {
        let directions = libssh2_session_block_directions(pointer)
        var interest: Interest = []
        if directions & LIBSSH2_SESSION_BLOCK_INBOUND != 0 { interest.insert(.read) }
        if directions & LIBSSH2_SESSION_BLOCK_OUTBOUND != 0 { interest.insert(.write) }
        return interest.isEmpty ? .read : interest
    }

    var lastCode: CInt { libssh2_session_last_errno(pointer) }

    /// libssh2's own words; taken at once, before the next call overwrites them.
    var lastError: String {
        var text: UnsafeMutablePointer<CChar>?
        let code = libssh2_session_last_error(pointer, &text, nil, 0)
        return text.map { "\(String(cString: $0)) (libssh2 \(code))" } ?? "libssh2 \(code)"
    }

    /// Why the last call failed: what the server broke, what it said when it left, or libssh2's words.
    var problem: Message {
        switch traffic.pointee.violation {
        case .noIdentification: Message("it sends something else than the identification of an SSH server")
        case .tooMuchBeforeLogin: Message("it sends more before the login than any SSH server does")
        case .nothingAskedFor: Message("it sends without end what nobody asked for")
        case .tooMuchMemory: Message("what it sends takes more memory than a connection may")
        case nil: Message(verbatim: traffic.pointee.farewell ?? lastError)
        }
    }

    var hostKey: HostKey? {
        var length = 0
        var type: CInt = 0
        guard let bytes = libssh2_session_hostkey(pointer, &length, &type) else { return nil }
        return HostKey(blob: UnsafeRawBufferPointer(start: bytes, count: length).map { $0 })
    }

    /// The server's identification (RFC 4253, 4.2), such as `SSH-2.0-OpenSSH_9.2p1`.
    var banner: String { libssh2_session_banner_get(pointer).map { String(cString: $0) } ?? "" }
}
