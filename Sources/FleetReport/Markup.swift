package import FleetBase

/// A piece of HTML or SVG as a tree; texts in it are made harmless when they enter it, and escaped when it is written, so
/// that nothing a host sends becomes markup. A page that is there already can take the tree as JSON.
package struct Markup: Sendable, Hashable {
    private indirect enum Content: Sendable, Hashable {
        case text(String)
        /// A style sheet, which holds nothing of anybody else's.
        case style(String)
        case element(name: String, attributes: [Attribute], children: [Markup])
    }

    package struct Attribute: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    private let content: Content

    package init(text: some StringProtocol) { content = .text(HostText(String(text)).lines) }

    private init(_ content: Content) { self.content = content }

    /// An element with its attributes in order and what is inside; an attribute without a value is left out.
    package init(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [Markup] = []
    ) {
        let attributes = attributes.compactMap { name, value in
            value.map { Attribute(name: name, value: HostText($0).lines) }
        }
        content = .element(name: name, attributes: attributes, children: children)
    }

    package init(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: String) {
        self.init(name, attributes, [Markup(text: content)])
    }

    static func style(_ sheet: String) -> Markup { Markup(.style(sheet)) }

    // MARK: Reading

    /// The name of an element; nil for a text.
    package var name: String? {
        guard case .element(let name, _, _) = content else { return nil }
        return name
    }

    package var children: [Markup] {
        guard case .element(_, _, let children) = content else { return [] }
        return children
    }

    package subscript(attribute: String) -> String? {
        guard case .element(_, let attributes, _) = content else { return nil }
        return attributes.first { $0.name == attribute }?.value
    }

    // MARK: Writing

    /// As HTML and SVG have it.
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch content {
        case .text(let content): Self.escape(content, to: &text)
        case .style(let sheet): text += "<style>\(sheet)</style>"
        case .element(let name, let attributes, let children):
            text += "<\(name)"
            for attribute in attributes {
                text += " \(attribute.name)=\""
                Self.escape(attribute.value, to: &text)
                text += "\""
            }
            if children.isEmpty, Self.canBeEmpty.contains(name) { return text += "/>" }
            text += ">"
            for child in children { child.write(to: &text) }
            text += "</\(name)>"
        }
    }

    /// By scalars: a quote with an accent on it is another character, and ends an attribute all the same.
    private static func escape(_ content: String, to text: inout String) {
        guard content.utf8.contains(where: { $0 == 38 || $0 == 60 || $0 == 62 || $0 == 34 }) else {
            return text += content
        }
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    private static let canBeEmpty: Set = ["line", "rect", "circle", "path", "meta", "link", "input"]

    /// A text as a string; an element as a list of its name, an object of its attributes, and its children.
    package var json: JSONValue {
        switch content {
        case .text(let text): return .string(text)
        case .style: preconditionFailure("a page that is there has its style")
        case .element(let name, let attributes, let children):
            let members = attributes.map { ($0.name, JSONValue.string($0.value)) }
            return .array([.string(name), .object(Dictionary(members) { $1 })] + children.map(\.json))
        }
    }
}

extension Double {
    /// For attributes: a hundredth of a pixel is enough.
    package var pixels: String {
        let rounded = (self * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }

    /// For people: four digits.
    package var shown: String {
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
