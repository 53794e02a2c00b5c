import CSSH2
import FleetBase
import Glibc

/// A libssh2 session and the socket it owns. Non-blocking; closed and freed when it goes.
struct SSHSession: ~Copyable {
    // Measured: curve25519 and ECDH cost 0.4 ms, a group exchange 28. AES-NI makes AES-128-CTR the fastest cipher that
    // libssh2 1.10 has; CBC, RC4, 3DES, MD5 and SHA-1 MACs are left out for good.
    private static let keyExchanges =
        "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
        + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group-exchange-sha256,"
        + "diffie-hellman-group14-sha256"
    private static let ciphers = "aes128-ctr,aes192-ctr,aes256-ctr"
    private static let codes = "hmac-sha2-256,hmac-sha2-512"
    static let hostKeyAlgorithms = [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    ]

    /// libssh2 wants this once, before any session.
    private static let isInitialised: Bool = libssh2_init(0) == 0

    let pointer: OpaquePointer
    let socket: CInt
    /// How many bytes the session has taken from its socket: who reads for one channel may find what another waits for.
    private let received: UnsafeMutablePointer<Int>

    /// - Parameter knownAlgorithms: those of the stored host keys, which the server is asked for first.
    init(socket: CInt, knownAlgorithms: [String]) {
        precondition(Self.isInitialised, "libssh2 does not start")
        received = .allocate(capacity: 1)
        received.initialize(to: 0)
        guard let pointer = libssh2_session_init_ex(nil, nil, nil, received) else {
            preconditionFailure("out of memory")
        }
        self.pointer = pointer
        self.socket = socket
        libssh2_session_set_blocking(pointer, 0)
        libssh2_session_callback_set(
            pointer, LIBSSH2_CALLBACK_RECV, unsafeBitCast(Self.receive, to: UnsafeMutableRawPointer.self))
        prefer(Self.keyExchanges, for: LIBSSH2_METHOD_KEX)
        let known = Self.hostKeyAlgorithms.filter(knownAlgorithms.contains)
        let others = Self.hostKeyAlgorithms.filter { !known.contains($0) }
        prefer((known + others).joined(separator: ","), for: LIBSSH2_METHOD_HOSTKEY)
        for method in [LIBSSH2_METHOD_CRYPT_CS, LIBSSH2_METHOD_CRYPT_SC] { prefer(Self.ciphers, for: method) }
        for method in [LIBSSH2_METHOD_MAC_CS, LIBSSH2_METHOD_MAC_SC] { prefer(Self.codes, for: method) }
    }

    private typealias Receive =
        @convention(c) (
            CInt, UnsafeMutableRawPointer?, Int, CInt, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
        ) -> Int

    /// recv(2) as libssh2 calls it, with the negative errno as its error.
    private static let receive: Receive = { socket, buffer, length, flags, abstract in
        let count = recv(socket, buffer, length, flags)
        guard count >= 0 else { return -Int(errno) }
        abstract?.pointee?.assumingMemoryBound(to: Int.self).pointee += count
        return count
    }

    private func prefer(_ methods: String, for kind: CInt) {
        let code = libssh2_session_method_pref(pointer, kind, methods)
        precondition(code == 0, "libssh2 knows none of \(methods)")
    }

    deinit {
        // `session_free` may want to write and answer EAGAIN; on a socket that is shut down it fails at once instead.
        shutdown(socket, CInt(SHUT_RDWR))
        while libssh2_session_free(pointer) == LIBSSH2_ERROR_EAGAIN {}
        close(socket)
        received.deallocate()
    }

    var bytesReceived: Int { received.pointee }

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

    var hostKey: HostKey? {
        var length = 0
        var type: CInt = 0
        guard let bytes = libssh2_session_hostkey(pointer, &length, &type) else { return nil }
        return HostKey(blob: UnsafeRawBufferPointer(start: bytes, count: length).map { $0 })
    }

    /// The server's identification (RFC 4253, 4.2), such as `SSH-2.0-OpenSSH_9.2p1`.
    var banner: String { libssh2_session_banner_get(pointer).map { String(cString: $0) } ?? "" }
}
