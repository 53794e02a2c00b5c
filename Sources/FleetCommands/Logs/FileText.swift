import FleetBase
import FleetConfig
import FoundationEssentials
import Glibc

/// Files of the project that are only shown.
enum FileText {
    /// Whether it is a file, and no folder.
    static func isFile(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether two paths lead to the same file or folder.
    static func isSame(_ one: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
            && first.st_ino == second.st_ino
    }

    /// What is not UTF-8 is shown as well as it can be; nil when the file can't be read.
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Makes the folder that a file lies in, and those above it, so that nobody else can read them.
    static func makeFolder(of file: String) throws(ConfigError) {
        let path = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ConfigError(.file, Message("can't make the folder \(path)"))
        }
    }

    /// Sorted, the last one first.
    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted(by: >)
    }
}
