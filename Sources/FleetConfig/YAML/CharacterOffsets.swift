/// Byte offsets of a UTF-8 text's characters: libyaml counts in code points, editors cut at bytes.
struct CharacterOffsets {
    private let bytes: [UInt8]
    /// Empty when every character is one byte.
    private let offsets: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        offsets = isASCII ? [] : bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
    }

    subscript(character: Int) -> Int {
        guard !offsets.isEmpty else { return character }
        return character < offsets.count ? offsets[character] : bytes.count
    }

    func mark(ofByte offset: Int) -> SourceMark {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return SourceMark(line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: column, offset: offset)
    }
}
