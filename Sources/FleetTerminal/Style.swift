import FleetBase

/// Colours of a terminal (ECMA-48 SGR), or none.
package struct Style: Sendable {
    package enum Colour: String, Sendable {
        case red = "31", green = "32", yellow = "33", cyan = "36", bold = "1", dim = "2"
    }

    let isOn: Bool

    func paint(_ text: String, _ colour: Colour) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// The text with its line breaks, harmless: a host's output must not steer the terminal of the person who reads it.
    package var printable: String { HostText(self).lines }
}
