package import FleetBase

extension YAMLNode {
    /// No value: nothing after the colon, `~` or `null`.
    package var isNull: Bool { scalarValue == .null }

    /// The node as JSON, scalars typed by the core schema.
    package var json: JSONValue {
        switch content {
        case .scalar(let text, let isPlain): isPlain ? CoreSchema.value(of: text) : .string(text)
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let entries): .object(Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.json) }))
        }
    }

    var scalarValue: JSONValue? {
        guard case .scalar = content else { return nil }
        return json
    }

    /// What the node is, in a sentence such as "expected a list, found …".
    var described: Message {
        switch (content, json) {
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

    private static func unsigned(_ text: String, radix: Int) -> Int64? {
        let digits = text.dropFirst(2)
        return digits.first?.isHexDigit == true ? Int64(digits, radix: radix) : nil
    }

    private static func number(_ text: String) -> Double? {
        let unsigned = text.drop { $0 == "-" || $0 == "+" }
        guard text.count - unsigned.count <= 1 else { return nil }
        switch unsigned {
        case ".inf", ".Inf", ".INF": return text.hasPrefix("-") ? -.infinity : .infinity
        case ".nan", ".NaN", ".NAN": return .nan
        default: break
        }
        // Double(_:) also reads hexadecimal floats, "inf" and "nan", which are texts here.
        guard unsigned.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
        return Double(text.hasSuffix(".") ? String(text.dropLast()) : text)
    }
}
