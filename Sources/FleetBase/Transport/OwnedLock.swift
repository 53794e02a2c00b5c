import CLinux
import Glibc

/// A lock on an open file (fcntl(2), open file description locks): the kernel frees it when the last descriptor of that
/// open file is closed, so at the latest when the process dies.
///
/// Unlike flock(2) it can be asked for without being taken, so that a question never stands in the way of who wants it.
package enum OwnedLock {
    /// - Parameter descriptor: open for writing.
    /// - Returns: false with `errno` when somebody else has it, or on an error.
    package static func take(_ descriptor: CInt) -> Bool { fleet_lock(descriptor) == 0 }

    /// Said aloud before a descriptor is closed: a process that another thread is just starting may hold a copy of it.
    package static func release(_ descriptor: CInt) { _ = fleet_unlock(descriptor) }

    /// Whether somebody else has it.
    package static func isTaken(_ descriptor: CInt) -> Bool { fleet_is_locked(descriptor) == 1 }

    /// Whether a process of this machine has it. The kernel tells no owner of such a lock, but which of a process's
    /// descriptors have locks (proc_pid_fdinfo(5)).
    package static func isHeld(by process: Int32, _ path: String) -> Bool {
        let wanted = FileIdentity(path)
        guard wanted != nil, let folder = opendir("/proc/\(process)/fd") else { return false }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard FileIdentity("/proc/\(process)/fd/\(name)") == wanted else { continue }
            if locks("/proc/\(process)/fdinfo/\(name)") { return true }
        }
        return false
    }

    private static func locks(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return false }
        return String(decoding: bytes[..<count], as: UTF8.self).contains("\nlock:")
    }
}
