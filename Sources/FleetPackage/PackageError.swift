package import FleetBase
import Glibc

/// What went wrong with a package, its files or an archive.
package struct PackageError: DescribedError, Equatable {
    package enum Code: Sendable, Hashable {
        case unreadable, unwritable
        /// A file changed between its digest and its way into the archive.
        case changed
        /// A path, a link or a kind of file that no package holds.
        case unsupportedFile
        case badManifest
        /// libarchive refused, or the archive ended too soon.
        case badArchive
        case badSignature
        /// What an image should stand on is none.
        case badImage
    }

    package let code: Code
    package let message: Message
    package let hint: Message?
    package var exitCode: ExitCode { code == .unwritable || code == .badArchive ? .unexpected : .badConfiguration }

    init(_ code: Code, _ message: Message, hint: Message? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// Reads `errno`, so it is made right after the call that failed.
    package static func unreadable(_ path: String) -> PackageError {
        let reason = lastSystemError()
        return PackageError(.unreadable, Message("can't read \(path): \(reason)"))
    }

    /// Reads `errno`, so it is made right after the call that failed.
    static func unwritable(_ path: String) -> PackageError {
        let reason = lastSystemError()
        return PackageError(.unwritable, Message("can't write \(path): \(reason)"))
    }

    static func changed(_ path: String) -> PackageError {
        PackageError(
            .changed, Message("\(path) changed while it was being packed"),
            hint: Message("wait until nothing writes to it, then pack again"))
    }

    private static func lastSystemError() -> String { String(cString: strerror(errno)) }
}
