import FleetBase
import FleetPackage
import FoundationEssentials
import Glibc

/// The master's own files, as far as the engine touches them by itself.
package enum Disk {
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether it is a folder, or a link to one.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether it is a file, no link, that its owner may not start as a program.
    package static func isWithoutPermission(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_mode & S_IXUSR == 0
    }

    /// Whether the name of a program leads to one.
    package static func isOnPath(_ program: String) -> Bool {
        let folders = (Environment.current["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
    }

    package static func text(_ path: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    package static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Replaces a file; a power cut leaves the old one or the new one.
    package static func write(_ text: String, to path: String) throws(EngineError) {
        do {
            try ReplacedFile.write(Array(text.utf8), to: path)
        } catch {
            throw EngineError(.packing, Message("can't write \(path)"))
        }
    }

    package static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    package static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    package static func makeFolder(_ path: String) throws(EngineError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw EngineError(.packing, Message("can't make the folder \(path)"))
        }
    }

    package static func folders(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
}
