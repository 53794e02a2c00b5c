import FleetBase
import Glibc

/// What a private key file is worth for a login.
enum KeyFileState: Sendable {
    case missing
    /// Its owner is somebody else when `isOwn` is false.
    case unreadable(isOwn: Bool)
    case encrypted
    /// Not a key, or one of a kind that fleet can't sign with.
    case useless(KeyFileError)
    case good

    /// What a key file allows, and the part of it that is for others.
    struct Mode: Sendable {
        let bits: mode_t
        var isOpen: Bool { bits & 0o077 != 0 }
        /// As chmod(1) takes it.
        var octal: String { "0" + String(bits & 0o777, radix: 8) }
    }

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(isOwn: false)
            return
        }
        do {
            _ = try KeyFile.load(path)
            self = .good
        } catch {
            switch error.code {
            case .unreadable: self = .unreadable(isOwn: status.st_uid == geteuid())
            case .encrypted: self = .encrypted
            case .notAKey, .unsupported: self = .useless(error)
            }
        }
    }

    /// Nil where there is no such file, and for a public key, which everybody may read.
    static func mode(of path: String) -> Mode? {
        var status = stat()
        guard stat(path, &status) == 0, !path.hasSuffix(".pub") else { return nil }
        return Mode(bits: status.st_mode)
    }
}
