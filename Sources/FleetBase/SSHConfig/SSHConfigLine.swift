/// One line in the form of ssh_config(5), taken apart byte by byte as OpenSSH does: a byte order mark, a combining accent
/// or any other character beyond ASCII is never taken for a blank, a quote or a letter of a keyword.
package struct SSHConfigLine: Sendable, Hashable {
    /// In lower case.
    package let keyword: String
    /// Without their quotes and escapes, up to a comment.
    package let arguments: [String]
    /// All that comes after the keyword, as it stands there: a command keeps its quotes.
    package let rest: String

    /// Why fleet can't read a line. ssh refuses it too, or fleet is not sure to read it as ssh does.
    package enum Fault: Error, Hashable {
        case noArgument
        case quotes
        case keyword
        case notUTF8
    }

    /// - Returns: nil for an empty line and a comment.
    package init?(_ line: some Sequence<UInt8>) throws(Fault) {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        var bytes = Array(line)[...]
        // A form feed counts at the end of a line only.
        while let last = bytes.last, isBlank(last) || last == 0x0C { bytes.removeLast() }
        bytes = bytes.drop(while: isBlank)
        guard let first = bytes.first, first != UInt8(ascii: "#") else { return nil }
        let name = bytes.prefix { Self.isLetter($0) || Self.isDigit($0) }
        var rest = bytes[name.endIndex...]
        // Quotes around a keyword, and bytes that no keyword has.
        guard !name.isEmpty, rest.first.map({ isBlank($0) || $0 == UInt8(ascii: "=") }) ?? true, !bytes.contains(0)
        else {
            throw .keyword
        }
        rest = rest.drop(while: isBlank)
        if rest.first == UInt8(ascii: "=") { rest = rest.dropFirst().drop(while: isBlank) }
        guard !rest.isEmpty else { throw .noArgument }
        keyword = String(decoding: name, as: UTF8.self).lowercased()
        guard let text = String(validating: rest, as: UTF8.self) else { throw .notUTF8 }
        self.rest = text
        arguments = try Self.words(of: rest)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Words between blanks; either kind of quote, closed by its own; a backslash takes a quote and a backslash as they
    /// are, and a blank outside of quotes.
    private static func words(of bytes: ArraySlice<UInt8>) throws(Fault) -> [String] {
        let (backslash, blank, tab) = (UInt8(ascii: "\\"), UInt8(ascii: " "), UInt8(ascii: "\t"))
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        var words: [String] = []
        var rest = bytes
        while true {
            rest = rest.drop { $0 == blank || $0 == tab }
            guard let first = rest.first, first != UInt8(ascii: "#") else { return words }
            var word: [UInt8] = []
            var quote: UInt8?
            while let byte = rest.first {
                let next = rest.dropFirst().first
                if byte == backslash, let next,
                    quotes.contains(next) || next == backslash || (quote == nil && next == blank)
                {
                    word.append(next)
                    rest = rest.dropFirst()
                } else if quote == nil, byte == blank || byte == tab {
                    break
                } else if quote == nil, quotes.contains(byte) {
                    quote = byte
                } else if byte == quote {
                    quote = nil
                } else {
                    word.append(byte)
                }
                rest = rest.dropFirst()
            }
            guard quote == nil else { throw .quotes }
            words.append(String(decoding: word, as: UTF8.self))
        }
    }
}

extension SSHConfigLine.Fault {
    package var message: Message {
        switch self {
        case .noArgument: Message("the keyword has no value")
        case .quotes: Message("a quote is not closed")
        case .keyword: Message("this is not a keyword and its value")
        case .notUTF8: Message("the value is not UTF-8")
        }
    }
}
