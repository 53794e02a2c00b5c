import Foundation

/// A folder of a test's own, gone with the test.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        // Without a second slash: processes tell their folders in the plain form.
        let parent = NSTemporaryDirectory()
        let template = (parent.hasSuffix("/") ? parent : parent + "/") + "fleet-test-XXXXXX"
        var bytes = Array(template.utf8CString)
        guard mkdtemp(&bytes) != nil else { throw CocoaError(.fileWriteUnknown) }
        path = String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes `text` to `name` below the folder, making the folders between, and gives back the whole path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Foundation would open it without O_CLOEXEC: a program that another test starts meanwhile would keep it open, and
        // what is open for writing can't be run.
        let file = open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
        try FileHandle(fileDescriptor: file, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
        return url.path
    }

    package func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(name)), as: UTF8.self)
    }
}
