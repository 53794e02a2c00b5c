import FleetBase

/// The archives of one folder that are known to be whole, in a file beside them.
///
/// A line an archive: its stamp and its name, after one line that names the boot in which all of them were found whole. A
/// power cut may tear what looks untouched, so after the next boot nothing is known. The file itself may be lost or torn:
/// archives are then read again.
struct WholeArchiveList {
    private static let name = "whole"

    private let folder: String

    init(beside archive: FilePlace) {
        let path = String(decoding: archive.bytes, as: UTF8.self)
        folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    func contains(_ archive: FilePlace, _ stamp: FileStamp) -> Bool { lines.contains(line(archive, stamp)) }

    /// When two fleets add at once, one of them may be lost; that one reads its archive again the next time.
    func add(_ archive: FilePlace, _ stamp: FileStamp) {
        let end = " " + name(of: archive)
        let others = lines.filter { !$0.hasSuffix(end) && isInPlace($0) }
        let text = ([Self.boot] + others + [line(archive, stamp)]).map { $0 + "\n" }.joined()
        try? ReplacedFile.write(Array(text.utf8), to: "\(folder)/\(Self.name)", survivesPowerCut: false)
    }

    /// The lines that were written since this machine was started.
    private var lines: [String] {
        let lines = Self.text(of: "\(folder)/\(Self.name)").split(separator: "\n").map(String.init)
        return lines.first == Self.boot ? Array(lines.dropFirst()) : []
    }

    private func line(_ archive: FilePlace, _ stamp: FileStamp) -> String {
        "\(stamp.size) \(stamp.modified) \(stamp.changed) \(stamp.inode) \(name(of: archive))"
    }

    private func name(of archive: FilePlace) -> String {
        String(decoding: archive.bytes.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    }

    private func isInPlace(_ line: String) -> Bool {
        let words = line.split(separator: " ", maxSplits: 4)
        guard words.count == 5 else { return false }
        let archive = FilePlace("\(folder)/\(words[4])")
        return (try? FileStamp(of: archive)).map { self.line(archive, $0) } == line
    }

    /// Names the time since this machine was started; nothing where the kernel does not tell.
    private static let boot = text(of: "/proc/sys/kernel/random/boot_id").split(separator: "\n").joined()

    private static func text(of path: String) -> String {
        var bytes: [UInt8] = []
        guard let file = try? OpenFile(reading: path) else { return "" }
        try? file.forEachChunk(of: path) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
