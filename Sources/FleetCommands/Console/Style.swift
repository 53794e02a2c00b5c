/// Colours of a terminal (ECMA-48 SGR), or none.
struct Style: Sendable {
    enum Colour: String, Sendable { case red = "31", green = "32", yellow = "33", cyan = "36", bold = "1", dim = "2" }

    let isOn: Bool

    func paint(_ text: String, _ colour: Colour) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// With control characters other than line breaks and tabs shown as in `cat -v`: a host's output must not steer
    /// the terminal of the person who reads it.
    var printable: String {
        guard unicodeScalars.contains(where: Self.isControl) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            guard Self.isControl(scalar) else { return text.unicodeScalars.append(scalar) }
            text += scalar.value < 0x20 ? "^" + String(UnicodeScalar(UInt8(scalar.value) + 0x40)) : "^?"
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F...0x9F).contains(scalar.value)
    }

    /// Spaces after the text up to a width in characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// Spaces before the text up to a width in characters.
    func leading(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
