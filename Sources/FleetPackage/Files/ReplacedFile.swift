import Glibc

/// A file written under another name and moved into place when it is whole.
struct ReplacedFile: ~Copyable {
    private let path: String
    private let temporary: String
    let file: OpenFile

    init(_ path: String) throws(PackageError) {
        self.path = path
        var template = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw .unwritable(path) }
        temporary = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        file = OpenFile(owning: descriptor)
    }

    deinit { unlink(temporary) }

    /// Puts the new bytes in the place of the old ones, all at once.
    consuming func finish() throws(PackageError) {
        guard fchmod(file.descriptor, 0o644) == 0, rename(temporary, path) == 0 else { throw .unwritable(path) }
    }
}
