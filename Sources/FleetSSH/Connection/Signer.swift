import CSSH2
import FleetBase
import Glibc

/// A key that one authentication tries: in memory, or in an agent.
enum Credential: Sendable {
    case key(SigningKey, name: String)
    case agent(SSHAgent, SSHAgent.Identity)

    var name: String {
        switch self {
        case .key(_, let name): name
        case .agent(_, let identity): identity.comment
        }
    }

    /// What libssh2 offers to the server: it takes the signature's algorithm from the blob, so RSA must say SHA-2 there.
    var blob: [UInt8] {
        switch self {
        case .key(let key, _): key.blob
        case .agent(_, let identity): Self.offered(identity.blob)
        }
    }

    /// A public key as it is offered.
    static func offered(_ blob: [UInt8]) -> [UInt8] {
        var reader = WireReader(blob)
        guard (try? reader.string()) == "ssh-rsa" else { return blob }
        var writer = WireWriter()
        writer.append(string: "rsa-sha2-256")
        return writer.bytes + reader.remaining
    }
}

/// Answers libssh2's question for a signature.
///
/// A key in memory signs at once. An agent may take its time: the first question is noted and answered with EAGAIN,
/// and once the agent has signed, libssh2 asks again.
final class Signer {
    enum State {
        case idle
        case asked([UInt8])
        case signed([UInt8])
        case refused
    }

    let credential: Credential
    var state = State.idle

    init(_ credential: Credential) { self.credential = credential }

    var question: [UInt8]? {
        guard case .asked(let message) = state else { return nil }
        return message
    }

    private func answer(_ message: UnsafeBufferPointer<UInt8>) -> (code: CInt, signature: [UInt8]) {
        if case .key(let key, _) = credential {
            return key.sign(message).map { (0, $0) } ?? (LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, [])
        }
        switch state {
        case .signed(let signature): return (0, signature)
        case .refused: return (LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED, [])
        case .idle, .asked:
            state = .asked(Array(message))
            return (LIBSSH2_ERROR_EAGAIN, [])
        }
    }

    typealias Callback =
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, UnsafeMutablePointer<Int>?,
            UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
        ) -> CInt

    /// LIBSSH2_USERAUTH_PUBLICKEY_SIGN_FUNC: libssh2 frees the signature with free(3), as the session has no allocator
    /// of its own.
    static let callback: Callback = { _, signature, length, data, count, abstract in
        guard let signature, let length, let pointer = abstract?.pointee else { return LIBSSH2_ERROR_INVAL }
        let signer = Unmanaged<Signer>.fromOpaque(pointer).takeUnretainedValue()
        let answer = signer.answer(UnsafeBufferPointer(start: data, count: count))
        guard answer.code == 0 else { return answer.code }
        guard let memory = malloc(answer.signature.count) else { return LIBSSH2_ERROR_ALLOC }
        let copy = UnsafeMutableRawBufferPointer(start: memory, count: answer.signature.count)
        copy.copyBytes(from: answer.signature)
        signature.pointee = copy.bindMemory(to: UInt8.self).baseAddress
        length.pointee = answer.signature.count
        return 0
    }
}
