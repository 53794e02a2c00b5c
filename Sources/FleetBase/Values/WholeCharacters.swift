/// Bytes of text in UTF-8 that come piece by piece: what has come of a character by half waits for the rest.
package struct WholeCharacters: Sendable {
    private var held: [UInt8] = []

    package init() {}

    /// Takes the next piece, and returns the characters that are complete by now.
    package mutating func take(_ piece: some Sequence<UInt8>) -> [UInt8] {
        let all = held + piece
        let whole = all.count - Self.unfinished(all)
        held = Array(all[whole...])
        return Array(all[..<whole])
    }

    /// What still waits: no more comes.
    package mutating func end() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// How many bytes at the end are the beginning of a character (RFC 3629, 3).
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            guard byte & 0xC0 == 0x80 else {
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
                return length > back ? back : 0
            }
        }
        return 0
    }
}
