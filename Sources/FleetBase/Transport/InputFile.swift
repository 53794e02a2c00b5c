import Glibc

/// A file on the master that goes to a command's standard input; closed when it goes.
package final class InputFile: Sendable {
    package let descriptor: Int32

    /// - Returns: nil when the input is no file.
    /// - Throws: push, when the file can't be read; nothing was started then.
    package init?(_ input: CommandLine.Input) throws(Failure) {
        guard case .file(let path) = input else { return nil }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = Message(systemError: errno)
            throw Failure(
                .push, Message("can't read \(path): \(reason)"),
                hint: Message("is the file there, and may you read it?"))
        }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { close(descriptor) }
}
