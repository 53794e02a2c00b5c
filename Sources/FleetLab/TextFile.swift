import FleetBase
import FoundationEssentials
import Glibc

/// The small files of a lab.
enum TextFile {
    static func contents(_ path: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) }
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
