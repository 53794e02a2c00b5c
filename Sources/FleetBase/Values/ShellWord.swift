/// One word of a POSIX shell command (POSIX.1-2017, Shell Command Language, 2.2 Quoting).
///
/// Rendered bare when it is safe in every shell, else in single quotes. fish reads single quotes the same way except
/// for a backslash before a quote or a backslash, so those leave the quotes.
package struct ShellWord: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral value: String) { text = value }

    package var rendered: String {
        let isBare = text.utf8.allSatisfy(Self.isSafe)
        guard text.isEmpty || !isBare else { return text }
        return "'" + text.replacing("'", with: "'\\''") + "'"
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./:,@%+".utf8.contains(byte)
        }
    }
}

extension Sequence<ShellWord> {
    /// The words as one command line.
    package var commandLine: String { map(\.rendered).joined(separator: " ") }
}
