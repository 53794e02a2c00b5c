/// Text that a host, a worker or a program wrote. It enters a sentence, a table, a page or a terminal through here alone:
/// what is shown of it moves no cursor, changes no title, begins no line and turns no letters around.
package struct HostText: Sendable, Hashable, CustomStringConvertible {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The text on one line: line breaks and tabs are spaces, what steers a terminal is shown as `^[` or `<U+202E>`.
    package var line: String { shown { $0 == "\n" || $0 == "\t" ? " " : nil } }

    /// The text with its line breaks and tabs.
    package var lines: String { shown { $0 == "\n" || $0 == "\t" ? $0 : nil } }

    /// The text on one line, cut to so many characters.
    package func line(atMost limit: Int) -> String {
        // What is not shown need not be looked at.
        let start = HostText(String(text.unicodeScalars.prefix(limit + 1))).line
        return start.unicodeScalars.count <= limit
            ? start : String(String.UnicodeScalarView(start.unicodeScalars.prefix(limit - 1))) + "…"
    }

    package var description: String { line }

    /// Writes such scalars in JSON as `\u202e`, which means the same: JSON has them in its strings alone, and those below
    /// U+0020 not even there.
    package static func escape(json: String) -> String {
        HostText(json).shown(otherwise: inJSON, { $0.value < 0x20 ? $0 : nil })
    }

    /// - Parameter exception: the scalar that stands for one of them; nil for the usual form.
    private func shown(
        otherwise: (Unicode.Scalar) -> String = HostText.word, _ exception: (Unicode.Scalar) -> Unicode.Scalar?
    ) -> String {
        guard !text.unicodeScalars.allSatisfy(\.isHarmless) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isHarmless {
                result.append(scalar)
            } else if let other = exception(scalar) {
                result.append(other)
            } else {
                result.append(contentsOf: otherwise(scalar).unicodeScalars)
            }
        }
        return String(result)
    }

    private static func word(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0..<0x20: "^" + String(UnicodeScalar(UInt8(scalar.value) + 0x40))
        case 0x7F: "^?"
        default: "<U+\(hex(scalar.value).uppercased())>"
        }
    }

    /// JSON counts in UTF-16 (RFC 8259, 7).
    private static func inJSON(_ scalar: Unicode.Scalar) -> String {
        UTF16.encode(scalar)?.map { "\\u" + hex(UInt32($0)) }.joined() ?? ""
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
