import FleetBase
import Glibc

/// An exclusive lock on a lab, held as long as its value lives: two `fleet lab up` would start the hosts twice.
struct LabLock: ~Copyable {
    private let descriptor: CInt

    /// - Parameter path: beside the lab's folder, which comes and goes.
    init(_ path: String) throws(LabError) {
        // Closed on exec: a running sshd must not hold the lock.
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw LabError(Message("can't write \(path)"), hint: Message("is the disk full, or the folder not yours?"))
        }
        guard OwnedLock.take(descriptor) else {
            close(descriptor)
            throw LabError(
                Message("another fleet is at work on this lab"), hint: Message("wait for it to end, then try again"),
                exitCode: .locked)
        }
    }

    deinit {
        OwnedLock.release(descriptor)
        close(descriptor)
    }
}
