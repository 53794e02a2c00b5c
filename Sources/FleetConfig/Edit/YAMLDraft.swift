import FleetBase

/// A value that is about to be written as YAML.
package enum YAMLDraft: Sendable {
    case text(String)
    case list([String])
    case mapping([(key: String, value: YAMLDraft)])

    /// On one line, lists and mappings in brackets.
    var inline: String {
        switch self {
        case .text(let text): Self.scalar(text)
        case .list(let texts): "[" + texts.map(Self.scalar).joined(separator: ", ") + "]"
        case .mapping(let members) where members.isEmpty: ""
        case .mapping(let members):
            "{ " + members.map { "\(Self.scalar($0.key)): \($0.value.inline)" }.joined(separator: ", ") + " }"
        }
    }

    /// The value under `key`, in lines without their ends.
    func lines(under key: String, indent: Int, step: Int) -> [String] {
        let head = String(repeating: " ", count: indent) + Self.scalar(key) + ":"
        guard case .mapping(let members) = self else { return ["\(head) \(inline)"] }
        return [head] + members.flatMap { $0.value.lines(under: $0.key, indent: indent + step, step: step) }
    }

    /// What reading the value back must give.
    var shape: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .list(let texts): texts.isEmpty ? .null : .array(texts.map { .string($0) })
        case .mapping(let members) where members.isEmpty: .null
        case .mapping(let members): .object(Dictionary(members.map { ($0.key, $0.value.shape) }) { _, last in last })
        }
    }

    /// Bare when no reader could take it for anything else, else in double quotes.
    static func scalar(_ text: String) -> String {
        let isSafe = text.utf8.allSatisfy {
            $0 > 0x7F || Identifier.isValid("x\(UnicodeScalar($0))") || "/@+~".utf8.contains($0)
        }
        let first = text.first.map { $0.isLetter || $0.isNumber || "/_~.".contains($0) } ?? false
        if isSafe, first, CoreSchema.value(of: text) != .null { return text }
        return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func escaped(_ scalar: UnicodeScalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case "\n": "\\n"
        case "\t": "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F: "\\x" + [UInt8(scalar.value)].hex
        default: String(scalar)
        }
    }
}

extension YAMLNode {
    /// The node's meaning without its spelling: scalars as texts, and everything empty as null.
    var shape: JSONValue {
        switch content {
        case .scalar(let text, _): isNull ? .null : .string(text)
        case .sequence(let elements): elements.isEmpty ? .null : .array(elements.map(\.shape))
        case .mapping(let entries) where entries.isEmpty: .null
        case .mapping(let entries): .object(Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.shape) }))
        }
    }
}

extension JSONValue {
    /// The shape with `value` at `path`, or without what stands there when `value` is nil.
    func setting(_ path: ArraySlice<String>, to value: JSONValue?) -> JSONValue? {
        guard let key = path.first else { return value }
        var members: [String: JSONValue] = [:]
        if case .object(let present) = self { members = present }
        members[key] = (members[key] ?? .null).setting(path.dropFirst(), to: value)
        return members.isEmpty ? .null : .object(members)
    }
}
