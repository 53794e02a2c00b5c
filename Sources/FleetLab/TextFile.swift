import FleetBase
import FoundationEssentials
import Glibc

/// The small files of a lab.
enum TextFile {
    static func contents(_ path: String) -> String? {
        // Foundation stops after one page of a file in /proc, which tells no size.
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(file, &buffer, buffer.count)
            guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
            bytes += buffer[..<count]
        }
    }

    /// - Parameter mode: the permissions, such as 0o600.
    static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws(LabError) {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            chmod(path, mode)
        } catch {
            throw LabError(Message("can't write \(path)"), hint: Message("is the disk full, or the folder not yours?"))
        }
    }

    static func makeFolder(_ path: String) throws(LabError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        } catch {
            throw LabError(Message("can't make the folder \(path)"))
        }
    }
}
