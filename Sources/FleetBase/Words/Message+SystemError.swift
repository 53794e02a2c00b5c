import Glibc

extension Message {
    /// The sentence of strerror(3) for a number of errno(3). The usual sentences have a Spanish pair.
    package init(systemError code: Int32) {
        self =
            switch code {
            case EACCES: Message("Permission denied")
            case EPERM: Message("Operation not permitted")
            case ENOENT: Message("No such file or directory")
            case ENOTDIR: Message("Not a directory")
            case EISDIR: Message("Is a directory")
            case EEXIST: Message("File exists")
            case ENOSPC: Message("No space left on device")
            case EDQUOT: Message("Disk quota exceeded")
            case EROFS: Message("Read-only file system")
            case EMFILE: Message("Too many open files")
            case ENAMETOOLONG: Message("File name too long")
            case EIO: Message("Input/output error")
            case EADDRNOTAVAIL: Message("Cannot assign requested address")
            case EADDRINUSE: Message("Address already in use")
            case ENETUNREACH: Message("Network is unreachable")
            case EHOSTUNREACH: Message("No route to host")
            default: Message(verbatim: String(cString: strerror(code)))
            }
    }
}
