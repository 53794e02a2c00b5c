import FleetBase
import Glibc

/// An exclusive lock, held as long as its value lives; the kernel frees it when the process dies.
struct FileLock: ~Copyable {
    private let file: OpenFile

    init(_ path: String, deadline: Deadline) throws(ConfigError) {
        try TextFile.makeFolder(TextFile.folder(of: path))
        let file = try OpenFile(path, O_RDWR | O_CREAT)
        try Self.wait(for: file.descriptor, path, deadline: deadline)
        self.file = file
    }

    /// Such a lock has no time-out of its own, so it is asked again and again; the lock is held for milliseconds.
    private static func wait(for descriptor: Int32, _ path: String, deadline: Deadline) throws(ConfigError) {
        while !OwnedLock.take(descriptor) {
            guard [EAGAIN, EACCES, EINTR].contains(errno) else { throw ConfigError.system(Message("lock"), path) }
            guard !deadline.hasPassed else {
                throw ConfigError(
                    .locked, Message("\(path) is locked by another fleet"),
                    hint: Message("wait for it to end, then try again"))
            }
            usleep(5_000)
        }
    }
}
