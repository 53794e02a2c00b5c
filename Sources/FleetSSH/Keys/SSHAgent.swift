import FleetBase
import Glibc

/// A client of the SSH agent protocol (draft-miller-ssh-agent): lists keys and asks for signatures.
///
/// libssh2's own agent client signs RSA with SHA-1 only, which OpenSSH refuses since 8.8. The calls block, since an
/// agent may ask its owner to confirm: run them on `ThreadExecutor.lookups`.
struct SSHAgent: Sendable {
    struct Identity: Sendable, Hashable {
        let blob: [UInt8]
        let comment: String
    }

    /// The agent is not there or does not keep to the protocol.
    struct Unavailable: Error {}

    private static let requestIdentities: UInt8 = 11
    private static let identitiesAnswer: UInt8 = 12
    private static let signRequest: UInt8 = 13
    private static let signResponse: UInt8 = 14
    private static let rsaSHA256: UInt32 = 2
    private static let longestAnswer: UInt32 = 256 << 10
    /// An agent lists its keys at once, or hangs.
    private static let listing = Duration.seconds(5)

    let socketPath: String

    func identities() throws -> [Identity] {
        var reader = try ask([Self.requestIdentities], for: Self.identitiesAnswer, until: .after(Self.listing))
        return try (0..<(try reader.uint32())).map { _ in
            Identity(blob: try reader.bytes(), comment: try reader.string())
        }
    }

    /// - Returns: the signature's inner blob, made with SHA-256 where the key is RSA.
    func sign(_ message: [UInt8], with identity: [UInt8], until deadline: Deadline) throws -> [UInt8] {
        var request = WireWriter()
        request.append(byte: Self.signRequest)
        request.append(string: identity)
        request.append(string: message)
        request.append(Self.rsaSHA256)
        var answer = try ask(request.bytes, for: Self.signResponse, until: deadline)
        var signature = WireReader(try answer.bytes())
        _ = try signature.string()
        return try signature.bytes()
    }

    /// One request and its answer on a connection of its own.
    private func ask(_ request: [UInt8], for expected: UInt8, until deadline: Deadline) throws -> WireReader {
        let socket = try connect()
        defer { close(socket) }
        limit(socket, deadline)
        var frame = WireWriter()
        frame.append(string: request)
        guard send(socket, frame.bytes, frame.bytes.count, CInt(MSG_NOSIGNAL)) == frame.bytes.count else {
            throw Unavailable()
        }
        var header = WireReader(try receive(4, from: socket))
        let length = try header.uint32()
        guard length <= Self.longestAnswer else { throw Unavailable() }
        var answer = WireReader(try receive(Int(length), from: socket))
        guard try answer.byte() == expected else { throw Unavailable() }
        return answer
    }

    private func connect() throws(Unavailable) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { throw Unavailable() }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let socket = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Unavailable() }
        let code = withUnsafeBytes(of: &address) {
            Glibc.connect(socket, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
        guard code == 0 else {
            close(socket)
            throw Unavailable()
        }
        return socket
    }

    private func limit(_ socket: CInt, _ deadline: Deadline) {
        let seconds = min(max(deadline.remaining.seconds, 0.001), 86_400)
        var time = timeval(tv_sec: Int(seconds), tv_usec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1_000_000))
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(socket, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    private func receive(_ count: Int, from socket: CInt) throws(Unavailable) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard recv(socket, &bytes, count, CInt(MSG_WAITALL)) == count else { throw Unavailable() }
        return bytes
    }
}
