import CLinux
import Glibc

/// A descriptor that reads as ready once a child process has ended; the child is still to be reaped then.
package struct ChildWatch: Sendable {
    /// How the end of a child is noticed.
    package enum Means: Sendable {
        /// pidfd_open(2), or a thread where the kernel (before 5.3) or a sandbox has no such call.
        case best
        case thread
    }

    let descriptor: CInt

    /// - Returns: nil when no descriptor is left.
    init?(_ process: Int32, by means: Means) {
        let descriptor = means == .best ? fleet_pidfd_open(process) : -1
        if descriptor >= 0 {
            self.descriptor = descriptor
        } else if let descriptor = Self.watchOnThread(process) {
            self.descriptor = descriptor
        } else {
            return nil
        }
    }

    /// The thread owns the writing end, and its closing is the sign: so it never touches a descriptor that whoever
    /// waits has closed meanwhile.
    private static func watchOnThread(_ process: Int32) -> CInt? {
        guard let ends = Descriptor.pipe() else { return nil }
        let isStarted = OwnThread.start {
            var ended = siginfo_t()
            while waitid(P_PID, id_t(process), &ended, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            close(ends.write)
        }
        guard isStarted else {
            for end in [ends.read, ends.write] { close(end) }
            return nil
        }
        return ends.read
    }
}
