import CLinux
import Glibc

/// Descriptors that no other program gets: closed on exec from the moment they are there, since another thread may
/// start a process between a `pipe` and an `fcntl`.
package enum Descriptor {
    /// - Returns: nil when there is none left; `errno` tells why.
    package static func pipe() -> (read: CInt, write: CInt)? {
        var ends: [CInt] = [-1, -1]
        return fleet_pipe(&ends) == 0 ? (ends[0], ends[1]) : nil
    }

    /// A second descriptor of the same open file; negative with `errno` when there is none left.
    package static func duplicate(_ descriptor: CInt) -> CInt { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

    /// A new file beside `path`, for its owner alone.
    ///
    /// - Returns: nil when it can't be made; `errno` tells why.
    package static func temporaryFile(beside path: String) -> (descriptor: CInt, path: String)? {
        var name = Array("\(path).XXXXXX".utf8CString)
        let descriptor = fleet_temporary_file(&name)
        guard descriptor >= 0 else { return nil }
        return (descriptor, name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
    }

    /// Waits until the disk has all of the file system that a folder lies on, whoever wrote it (syncfs(2)).
    ///
    /// - Returns: false when the disk could not take it; `errno` tells why, ENOENT that there is no such folder.
    package static func syncFileSystem(of folder: String) -> Bool {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fleet_sync_file_system(descriptor) == 0
    }
}
