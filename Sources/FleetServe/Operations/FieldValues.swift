import FleetBase
import FleetConfig
import FleetHosts

/// What a request may say of an operation.
struct Field: Sendable {
    enum Kind: Sendable {
        case text
        case texts
        case flag
        case count
        /// Such as `90s`.
        case duration
        /// Such as `5M`.
        case size
        /// Names or patterns of hosts, `tag:NAME`, or the word `all`.
        case hosts
        /// A number of hosts, or a part of them such as `25%`.
        case share
        /// One of a few words.
        case word([String])
        case words([String])
        /// Texts by name.
        case values
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    /// One sentence, in English as the API is.
    let help: String

    init(_ name: String, _ kind: Kind, isRequired: Bool = false, _ help: String) {
        (self.name, self.kind, self.isRequired, self.help) = (name, kind, isRequired, help)
    }
}

/// The members of a request's object, each read as its field has it.
struct FieldValues: Sendable {
    private let members: [String: JSONValue]

    /// - Throws: for a member that no field has, for one of another kind, and for one that is missing.
    init(_ value: JSONValue, _ fields: [Field]) throws(FieldError) {
        guard case .object(let members) = value else { throw FieldError("the body must be a JSON object") }
        for name in members.keys.sorted() where !fields.contains(where: { $0.name == name }) {
            throw FieldError("there is no field \(name); there are: \(fields.map(\.name).joined(separator: ", "))")
        }
        for field in fields {
            switch members[field.name] {
            case nil, .null:
                guard !field.isRequired else {
                    throw FieldError("the field \(field.name) is missing: \(field.help)", field: field.name)
                }
            case let value?: try field.check(value)
            }
        }
        self.members = members.filter { $0.value != .null }
    }

    func text(_ name: String) -> String? { members[name]?.string }

    func texts(_ name: String) -> [String] {
        switch members[name] {
        case .array(let list): list.compactMap(\.string)
        case .string(let text): [text]
        default: []
        }
    }

    func flag(_ name: String) -> Bool { members[name] == .bool(true) }

    func count(_ name: String) -> Int? {
        guard case .integer(let number) = members[name] else { return nil }
        return Int(number)
    }

    func duration(_ name: String) -> Duration? {
        text(name).flatMap { try? Duration(parsing: $0) } ?? count(name).map { .seconds($0) }
    }

    func size(_ name: String) -> ByteCount? { text(name).flatMap { try? ByteCount(parsing: $0) } }

    func share(_ name: String) -> HostShare? {
        (text(name) ?? count(name).map { "\($0)" }).flatMap { try? HostShare(parsing: $0) }
    }

    /// Nil when the request names none.
    func hosts(_ name: String = "hosts") -> HostSelector? {
        let words = texts(name)
        guard !words.isEmpty else { return nil }
        return words == ["all"] ? .all : HostSelector(hosts: words)
    }

    func values(_ name: String) -> [String: String] {
        guard case .object(let members) = members[name] else { return [:] }
        return members.compactMapValues(\.plain)
    }
}

/// A request's object can't be understood.
struct FieldError: Error, Sendable, Hashable {
    let reason: String
    /// Which member of the object it is about.
    let field: String?

    init(_ reason: String, field: String? = nil) { (self.reason, self.field) = (reason, field) }
}

extension JSONValue {
    /// A text, number or truth value as the command line would have it.
    var plain: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension Field {
    fileprivate func check(_ value: JSONValue) throws(FieldError) {
        guard let wish = problem(with: value) else { return }
        throw FieldError("the field \(name) must be \(wish)", field: name)
    }

    /// What it should be; nil when it is.
    private func problem(with value: JSONValue) -> String? {
        switch (kind, value) {
        case (.text, .string), (.flag, .bool): nil
        case (.text, _): "a text"
        case (.flag, _): "true or false"
        case (.texts, .string): nil
        case (.hosts, .string(let text)): text == "all" ? nil : "\"all\" or a list of names"
        // Nobody means all by none.
        case (.texts, .array([])): "a list of at least one"
        case (.hosts, .array([])): "\"all\" or a list of at least one name"
        case (.texts, .array(let list)), (.hosts, .array(let list)):
            list.allSatisfy { $0.string != nil } ? nil : "a list of texts"
        case (.texts, _): "a list of texts"
        case (.hosts, _): "\"all\" or a list of names"
        case (.count, .integer(let number)): (0...1_000_000).contains(number) ? nil : "from 0 to 1000000"
        case (.count, _): "a whole number"
        case (.duration, .integer(let number)): (0...1_000_000_000).contains(number) ? nil : "a time such as \"90s\""
        case (.duration, .string(let text)): (try? Duration(parsing: text)) == nil ? "a time such as \"90s\"" : nil
        case (.duration, _): "a time such as \"90s\""
        case (.size, .string(let text)): (try? ByteCount(parsing: text)) == nil ? "a size such as \"5M\"" : nil
        case (.size, _): "a size such as \"5M\""
        case (.share, .string(let text)):
            (try? HostShare(parsing: text)) == nil ? "a number, or a part such as \"25%\"" : nil
        case (.share, .integer(let number)): number > 0 ? nil : "more than 0"
        case (.share, _): "a number, or a part such as \"25%\""
        case (.word(let words), .string(let text)):
            words.contains(text) ? nil : "one of \(words.joined(separator: ", "))"
        case (.word(let words), _): "one of \(words.joined(separator: ", "))"
        case (.words(let words), .array(let list)):
            list.allSatisfy { $0.string.map(words.contains) ?? false }
                ? nil : "a list of \(words.joined(separator: ", "))"
        case (.words(let words), _): "a list of \(words.joined(separator: ", "))"
        case (.values, .object(let members)):
            members.values.allSatisfy { $0.plain != nil } ? nil : "an object of texts and numbers"
        case (.values, _): "an object of texts and numbers"
        }
    }

    /// An object of fields, as JSON Schema has it.
    static func object(_ fields: [Field]) -> JSONValue {
        [
            "type": "object", "additionalProperties": false,
            "properties": .object(Dictionary(fields.map { ($0.name, $0.schema) }) { first, _ in first }),
            "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
        ]
    }

    /// As JSON Schema (2020-12) has it.
    var schema: JSONValue {
        guard !isRequired else { return plainSchema }
        return ["anyOf": [plainSchema, ["type": "null"]]]
    }

    /// No control character.
    static let plainText = "^[^\u{5C}u0000-\u{5C}u001F\u{5C}u007F]*$"

    private var plainSchema: JSONValue {
        var members: [String: JSONValue] = ["description": .string(help)]
        switch kind {
        case .text: members["type"] = "string"
        case .flag: members["type"] = "boolean"
        case .count:
            members["type"] = "integer"
            members["minimum"] = 0
            members["maximum"] = 1_000_000
        case .texts: members["oneOf"] = [["type": "string"], ["type": "array", "items": ["type": "string"]]]
        case .hosts: members["oneOf"] = [["const": "all"], ["type": "array", "items": ["type": "string"]]]
        case .duration:
            members["oneOf"] = [
                ["type": "string", "pattern": "^[0-9]{1,6}(ms|s|m|h|d)?$"],
                ["type": "integer", "minimum": 0, "maximum": 1_000_000],
            ]
        case .size:
            members["type"] = "string"
            members["pattern"] = "^[0-9]{1,9}[KMGT]?$"
        case .share:
            members["oneOf"] = [
                ["type": "string", "pattern": "^([0-9]|[1-9][0-9]|100)%$"],
                ["type": "integer", "minimum": 1, "maximum": 1_000_000],
            ]
        case .word(let words):
            members["type"] = "string"
            members["enum"] = .array(words.map { .string($0) })
        case .words(let words):
            members["type"] = "array"
            members["items"] = ["type": "string", "enum": .array(words.map { .string($0) })]
        case .values:
            members["type"] = "object"
            members["additionalProperties"] = ["type": ["string", "number", "boolean"]]
        }
        return .object(members)
    }
}
