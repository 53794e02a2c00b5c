import FleetBase
import FleetEvents
import FoundationEssentials
import Glibc

/// The file that a build writes its output to, of which the newest line is told while the build goes on.
final class BuildLog {
    /// A row of progress shows less.
    private static let longestLine = 4096

    private let path: String
    private let events: EventSource
    private var told = ""

    init(_ path: String, _ events: EventSource) { (self.path, self.events) = (path, events) }

    /// Tells the newest line that is not blank, once.
    func tell() {
        guard events.isHeard, let line = newestLine, line != told else { return }
        told = line
        events.tell(.output(Event.Output(.output, line)))
    }

    private var newestLine: String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        _ = lseek(file, max(0, lseek(file, 0, SEEK_END) - off_t(Self.longestLine)), SEEK_SET)
        var bytes = [UInt8](repeating: 0, count: Self.longestLine)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return line.map { HostText(String($0)).line }
    }
}
