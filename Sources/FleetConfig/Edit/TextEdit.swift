/// Bytes of a text and what takes their place.
struct TextEdit {
    let range: Range<Int>
    let replacement: String

    init(_ range: Range<Int>, _ replacement: String) {
        self.range = range
        self.replacement = replacement
    }
}

/// A text as bytes, with its lines.
struct TextBytes {
    private(set) var bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var lineEnd: String { text.contains("\r\n") ? "\r\n" : "\n" }

    /// Applies edits that do not overlap.
    mutating func apply(_ edits: [TextEdit]) {
        for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            bytes.replaceSubrange(edit.range, with: edit.replacement.utf8)
        }
    }

    func startOfLine(_ offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }

    /// The byte after the end of the line.
    func endOfLine(_ offset: Int) -> Int {
        bytes[offset...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    }

    func startOfSpaces(before offset: Int) -> Int {
        offset - bytes[..<offset].reversed().prefix { $0 == UInt8(ascii: " ") }.count
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Lines to put in after the line of `offset`.
    func insertion(_ lines: [String], afterLineOf offset: Int) -> TextEdit {
        let end = endOfLine(offset)
        let opening = end > 0 && bytes[end - 1] != UInt8(ascii: "\n") ? lineEnd : ""
        return TextEdit(end..<end, opening + lines.map { $0 + lineEnd }.joined())
    }
}
