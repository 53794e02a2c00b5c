import CTLS
package import FleetBase
import Glibc
import Synchronization

/// A certificate and its key, for TLS 1.2 and 1.3 by libssl.
///
/// The files are read again when they have changed, so a renewed certificate needs no new start.
package final class TLSContext: @unchecked Sendable {
    // @unchecked holds because `current` is touched within its lock alone; libssl counts the references to a context.

    private struct Loaded {
        let context: OpaquePointer
        let stamps: [FileStamp?]
    }

    private let files: (certificate: String, key: String)
    private let current: Mutex<Loaded>

    /// - Parameters:
    ///   - certificate: a PEM file with the certificate, and those that vouch for it behind.
    ///   - key: a PEM file with its private key.
    /// - Throws: when a file can't be read, or the key is not the certificate's.
    package init(certificate: String, key: String) throws(ValueError) {
        files = (certificate, key)
        current = Mutex(try Self.load(certificate, key))
    }

    private static func load(_ certificate: String, _ key: String) throws(ValueError) -> Loaded {
        let stamps = [FileStamp(certificate), FileStamp(key)]
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw ValueError(Message("TLS can't be used here"))
        }
        do throws(ValueError) {
            guard fleet_tls_set_oldest(context, CInt(fleet_tls_1_2)) == 1 else {
                throw ValueError(Message("TLS can't be used here"))
            }
            for file in [certificate, key] { try requireReadable(file) }
            // The key first: one that does not fit is dropped when the certificate comes, and told by the last call alone.
            guard SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1 else {
                throw ValueError(Message("\(key) is no private key in PEM form"))
            }
            guard SSL_CTX_use_certificate_chain_file(context, certificate) == 1 else {
                throw ValueError(Message("\(certificate) is no certificate in PEM form"))
            }
            guard SSL_CTX_check_private_key(context) == 1 else {
                throw ValueError(Message("the key in \(key) is not the one of the certificate in \(certificate)"))
            }
        } catch {
            SSL_CTX_free(context)
            ERR_clear_error()
            throw error
        }
        _ = fleet_tls_set_mode(context, Int(fleet_tls_moving_writes))
        return Loaded(context: context, stamps: stamps)
    }

    private static func requireReadable(_ file: String) throws(ValueError) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ValueError(Message("can't read \(file): \(String(cString: strerror(errno)))"))
        }
        close(descriptor)
    }

    /// A stream over a connected socket; nil when libssl has no memory for it.
    func stream(over socket: CInt) -> TLSStream? {
        let stamps = [FileStamp(files.certificate), FileStamp(files.key)]
        return current.withLock { current in
            // Half a renewal is no certificate: what there was serves until both files fit.
            if stamps != current.stamps, let renewed = try? Self.load(files.certificate, files.key) {
                SSL_CTX_free(current.context)
                current = renewed
            }
            return SSL_new(current.context).map { TLSStream($0, socket) }
        }
    }

    deinit { current.withLock { SSL_CTX_free($0.context) } }
}

final class TLSStream: SocketStream {
    private let tls: OpaquePointer

    fileprivate init(_ tls: OpaquePointer, _ socket: CInt) {
        self.tls = tls
        SSL_set_fd(tls, socket)
        SSL_set_accept_state(tls)
    }

    func begin() -> SocketStep { step { SSL_do_handshake(tls) } }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> SocketStep {
        step { SSL_read(tls, buffer.baseAddress, CInt(clamping: buffer.count)) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> SocketStep {
        step { SSL_write(tls, bytes.baseAddress, CInt(clamping: bytes.count)) }
    }

    func endWriting() { _ = step { SSL_shutdown(tls) } }

    private func step(_ call: () -> CInt) -> SocketStep {
        ERR_clear_error()
        let count = call()
        guard count <= 0 else { return .moved(Int(count)) }
        switch SSL_get_error(tls, count) {
        case SSL_ERROR_WANT_READ: return .wait(.read)
        case SSL_ERROR_WANT_WRITE: return .wait(.write)
        case SSL_ERROR_ZERO_RETURN: return .end
        default: return .failed
        }
    }

    deinit { SSL_free(tls) }
}
