import FleetBase
import FleetReport

/// What pages say, in the reader's language.
struct PageWords: Sendable {
    let language: Language

    func callAsFunction(_ message: Message) -> String { message.text(in: language) }

    // MARK: Times

    /// How old something is: the script counts on, and the text stays the same as long as the moment does.
    func age(_ time: Timestamp?) -> Markup {
        guard let time else { return Markup("span", ["class": "faint"], "–") }
        return Markup(
            "time", ["datetime": time.description, "data-age": "", "title": time.localText], shortTime(time))
    }

    /// A day and a moment, by the reader's own clock once the script runs.
    func clock(_ time: Timestamp) -> Markup {
        Markup("time", ["datetime": time.description, "data-clock": "", "title": time.localText], time.localText)
    }

    private func shortTime(_ time: Timestamp) -> String { String(time.localText.suffix(8)) }

    // MARK: Figures

    /// `0.42`, always with two digits: figures below each other line up.
    func load(_ load: Double) -> String {
        let hundredths = Int((min(load, 1e6) * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    /// A bar that shows a part; the number beside it says the same.
    func meter(_ share: Double, isHigh: Bool) -> Markup {
        let width = (min(max(share, 0), 1) * 48).pixels
        return Markup(
            "svg", ["class": isHigh ? "meter high" : "meter", "viewBox": "0 0 48 4", "aria-hidden": "true"],
            [
                Markup("rect", ["class": "all", "width": "48", "height": "4", "rx": "2"]),
                Markup("rect", ["class": "part", "width": width, "height": "4", "rx": "2"]),
            ])
    }
}

/// A sign for a state, beside the word for it: shapes differ, not only colours.
enum StateSign: String {
    case good, running, waiting, bad, gone, off

    var sign: String {
        switch self {
        case .good: "✓"
        case .running: "▶"
        case .waiting: "…"
        case .bad: "✕"
        case .gone: "○"
        case .off: "–"
        }
    }

    func markup(_ word: String) -> Markup {
        Markup(
            "span", ["class": "sign \(rawValue)"],
            [Markup("span", ["class": "mark", "aria-hidden": "true"], sign), Markup(text: " " + word)])
    }
}

extension Markup {
    static func link(_ place: String, _ text: String) -> Markup { Markup("a", ["href": place], text) }

    /// A sentence that stands where a list has nothing; it goes when there is something.
    static func note(_ id: String, _ content: [Markup], isShown: Bool) -> Markup {
        Markup("p", ["id": id, "data-live": "", "class": "empty", "hidden": isShown ? nil : ""], content)
    }

    /// A table for any screen: on a narrow one each row is a card, and each cell says its column.
    static func table(
        _ headings: [(name: String, isNumber: Bool)], id: String, caption: String, isLive: Bool = true, _ rows: [Markup]
    ) -> Markup {
        let head = headings.map { heading in
            Markup("th", ["scope": "col", "class": heading.isNumber ? "number" : nil], heading.name)
        }
        return Markup(
            "table", ["class": "cards"],
            [
                Markup("caption", ["class": "unseen"], caption), Markup("thead", [:], [Markup("tr", [:], head)]),
                Markup("tbody", ["id": id, "data-list": isLive ? "" : nil], rows),
            ])
    }

    static func cell(
        _ label: String, isNumber: Bool = false, style: String? = nil, _ children: [Markup]
    ) -> Markup {
        Markup("td", ["data-label": label, "class": isNumber ? "number" : style], children)
    }

    static func cell(_ label: String, isNumber: Bool = false, _ text: String) -> Markup {
        cell(label, isNumber: isNumber, [Markup(text: text)])
    }
}

/// A word of an address.
enum AddressWord {
    /// All but what RFC 3986 calls unreserved is escaped.
    static func escape(_ text: some StringProtocol) -> String {
        text.utf8.reduce(into: "") { escaped, byte in
            let scalar = UnicodeScalar(byte)
            if scalar.isASCII, scalar.properties.isAlphabetic || (48...57).contains(byte) || "-._~".utf8.contains(byte)
            {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "%" + [byte].hex.uppercased()
            }
        }
    }

    /// `?a=1&b=2`; what has no value is left out, and nothing is empty.
    static func query(_ items: [(String, String?)]) -> String {
        let pairs = items.compactMap { name, value in value.map { "\(escape(name))=\(escape($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}
