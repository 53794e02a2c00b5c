import FleetArguments
import FleetBase
import FleetService
import Glibc
import Synchronization

/// The password that came by an open descriptor; it is good for one try.
final class GivenPassword: Sendable {
    private static let longest = 4096

    private let secret: Mutex<Secret?>

    private init(_ secret: Secret) { self.secret = Mutex(secret) }

    /// Reads a descriptor to its end.
    static func read(from descriptor: Int) async throws -> GivenPassword {
        let number = CInt(clamping: descriptor)
        guard fcntl(number, F_GETFD) >= 0 else {
            throw ArgumentError(
                .invalidValue, Message("--password-fd: the descriptor \(descriptor) is not open"),
                hint: Message("open it in the shell: \(descriptor)<FILE"))
        }
        guard isatty(number) == 0 else {
            throw ArgumentError(
                .invalidValue,
                Message("--password-fd: the descriptor \(descriptor) is a terminal, which would show it"),
                hint: Message("leave it out, and fleet asks"))
        }
        let bytes = await ThreadExecutor.disk.run { Self.read(number) }
        guard let secret = bytes.flatMap({ Secret(lineOf: $0) }), !secret.reveal().isEmpty else {
            throw ArgumentError(
                .invalidValue, Message("--password-fd: there is no password in the descriptor \(descriptor)"))
        }
        return GivenPassword(secret)
    }

    /// - Throws: when it was taken already: the host did not accept it.
    func take() throws -> Secret {
        let taken = secret.withLock { secret in
            let taken = secret
            secret = nil
            return taken
        }
        guard let taken else { throw ServiceError(Message("the host does not take the password of --password-fd")) }
        return taken
    }

    private static func read(_ descriptor: CInt) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: longest)
        while bytes.count <= longest {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes.count <= longest ? bytes : nil
    }
}
