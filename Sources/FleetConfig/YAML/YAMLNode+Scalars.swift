package import FleetBase

extension YAMLNode {
    /// No value: nothing after the colon, `~` or `null`.
    package var isNull: Bool { scalarValue == .null }

    /// The node as JSON, scalars typed by the core schema. A number that JSON has no word for, such as `.inf`, stands as
    /// the text that it is.
    package var json: JSONValue {
        switch content {
        case .scalar(let text, _):
            if case .number(let number) = scalarValue, !number.isFinite { .string(text) } else { scalarValue ?? .null }
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let entries): .object(Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.json) }))
        }
    }

    var scalarValue: JSONValue? {
        guard case .scalar(let text, let isPlain) = content else { return nil }
        return isPlain ? CoreSchema.value(of: text) : .string(text)
    }

    /// What the node is, in a sentence such as "expected a list, found …".
    var described: Message {
        switch (content, scalarValue ?? .null) {
        case (.sequence, _): Message("a list")
        case (.mapping, _): Message("a mapping")
        case (_, .null): Message("nothing")
        case (.scalar(let text, true), _): Message(verbatim: text)
        case (.scalar(let text, false), _): Message("the text \"\(text)\"")
        }
    }
}

/// The types of plain scalars (YAML 1.2.2, 10.3.2): `no` is a text, and so are `1_000` and `2026-11-21`.
enum CoreSchema {
    static func value(of text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: integer(text).map { .integer($0) } ?? number(text).map { .number($0) } ?? .string(text)
        }
    }

    private static func integer(_ text: String) -> Int64? {
        if text.hasPrefix("0o") { return unsigned(text, radix: 8) }
        if text.hasPrefix("0x") { return unsigned(text, radix: 16) }
        return Int64(text)
    }

    /// `.inf`, `+.inf` and `-.inf`.
    static func infinity(_ text: String) -> Double? {
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard [".inf", ".Inf", ".INF"].contains(unsigned) else { return nil }
        return text.hasPrefix("-") ? -.infinity : .infinity
    }

    private static func unsigned(_ text: String, radix: Int) -> Int64? {
        let digits = text.dropFirst(2)
        return digits.first?.isHexDigit == true ? Int64(digits, radix: radix) : nil
    }

    private static func number(_ text: String) -> Double? {
        let unsigned = text.drop { $0 == "-" || $0 == "+" }
        guard text.count - unsigned.count <= 1 else { return nil }
        if let infinity = infinity(text) { return infinity }
        if [".nan", ".NaN", ".NAN"].contains(text) { return .nan }
        // Double(_:) also reads hexadecimal floats, "inf" and "nan", which are texts here.
        guard unsigned.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
        return Double(text.hasSuffix(".") ? String(text.dropLast()) : text)
    }
}
