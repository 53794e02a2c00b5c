/// One word of a POSIX shell command (POSIX.1-2017, Shell Command Language, 2.2 Quoting).
///
/// Rendered bare when it is safe in every shell, else in single quotes. There fish takes a backslash before a quote or a
/// backslash for an escape, where sh takes it as it is; outside the quotes `\'` and `\\` are the same in both. So a word
/// is `'a'\''b'` for `a'b` and `'a'\\'b'` for `a\b`. csh and tcsh read words so too, but for a line break, which their
/// quotes can't hold, and an exclamation mark, which is history to them even there.
package struct ShellWord: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral value: String) { text = value }

    package var rendered: String {
        let isBare = text.utf8.allSatisfy(Self.isSafe)
        guard text.isEmpty || !isBare else { return text }
        // By bytes: a quote with an accent on it is another character, but no other byte to a shell.
        let (quote, backslash) = (UInt8(ascii: "'"), UInt8(ascii: "\\"))
        var quoted = [quote]
        quoted.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            if byte == quote || byte == backslash {
                quoted += [quote, backslash, byte, quote]
            } else {
                quoted.append(byte)
            }
        }
        quoted.append(quote)
        return String(decoding: quoted, as: UTF8.self)
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        // Not the percent sign: `%self` is a number to fish.
        default: "-_./:,@+".utf8.contains(byte)
        }
    }
}

extension Sequence<ShellWord> {
    /// The words as one command line.
    package var commandLine: String { map(\.rendered).joined(separator: " ") }
}
