import FleetBase
import FleetConfig
import FoundationEssentials

/// A page that a command writes, such as one of the manual.
enum PageFile {
    /// Makes the folder, too.
    static func write(_ text: String, to path: String) throws {
        let file = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        } catch {
            throw ConfigError(.file, Message("can't write \(path)"))
        }
    }
}
