import FleetBase
import Glibc

/// An open file, closed when its value ends.
struct OpenFile: ~Copyable {
    let path: String
    let descriptor: Int32

    init(_ path: String, _ flags: Int32, mode: mode_t = 0o644) throws(ConfigError) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw ConfigError.system(Message("open"), path) }
    }

    deinit { close(descriptor) }

    func readAll() throws(ConfigError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ConfigError.system(Message("read"), path) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    func writeAll(_ bytes: [UInt8]) throws(ConfigError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ConfigError.system(Message("write"), path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits until the disk has what was written.
    func sync() throws(ConfigError) {
        guard fsync(descriptor) == 0 else { throw ConfigError.system(Message("sync"), path) }
    }
}

extension ConfigError {
    /// What the last system call said.
    static func system(_ action: Message, _ path: String) -> ConfigError {
        let reason = Message(systemError: errno)
        return ConfigError(.file, Message("can't \(action) \(path): \(reason)"))
    }
}
