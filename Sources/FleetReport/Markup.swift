import FleetBase

/// A piece of HTML or SVG; texts in it are escaped, so that nothing a host sends becomes markup.
struct Markup: Sendable {
    let text: String

    init(text: some StringProtocol) {
        // By scalars: a quote with an accent on it is another character, and ends an attribute all the same.
        self.text = HostText(String(text)).lines.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    private init(raw: String) { text = raw }

    /// An element with its attributes in order and what is inside.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []) {
        let written = attributes.map { " \($0.key)=\"\(Markup(text: $0.value).text)\"" }.joined()
        text =
            children.isEmpty && Self.canBeEmpty.contains(name)
            ? "<\(name)\(written)/>" : "<\(name)\(written)>\(children.map(\.text).joined())</\(name)>"
    }

    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String) {
        self.init(name, attributes, [Markup(text: content)])
    }

    /// Style sheets, which hold nothing of anybody else's.
    static func style(_ sheet: String) -> Markup { Markup(raw: "<style>\(sheet)</style>") }

    private static let canBeEmpty: Set = ["line", "rect", "circle", "path", "meta"]
}

extension Double {
    /// For attributes: a hundredth of a pixel is enough.
    var pixels: String {
        let rounded = (self * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }

    /// For people: four digits.
    var shown: String {
        guard self != 0, isFinite else { return self == 0 ? "0" : "–" }
        let size = abs(self)
        if size >= 1e6 || size < 0.9995e-3 { return scientific }
        let factor = size >= 1000 ? 1.0 : size >= 100 ? 10 : size >= 10 ? 100 : size >= 1 ? 1000 : 10000
        let rounded = (self * factor).rounded() / factor
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }

    private var scientific: String {
        var (mantissa, exponent) = (self, 0)
        while abs(mantissa) >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while abs(mantissa) < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        var rounded = (mantissa * 100).rounded() / 100
        if abs(rounded) >= 10 { (rounded, exponent) = (rounded / 10, exponent + 1) }
        return "\(rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)")e\(exponent)"
    }
}
