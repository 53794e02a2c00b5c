import FleetBase

/// Any JSON value (RFC 8259), for what fleet does not know the keys of: metrics, parameters, a worker's progress.
public struct JSON: Codable, Sendable, Hashable, CustomStringConvertible {
    private let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    /// Reads any value.
    public init(from decoder: any Decoder) throws { value = try JSONValue(from: decoder) }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    /// As JSON on one line, keys sorted.
    public var description: String { (try? JSONText.encode(value)) ?? "null" }

    /// The member of an object; nil where there is none, or for what is no object.
    public subscript(key: String) -> JSON? { value[key].map(JSON.init) }

    /// The members of an object; nil for what is none.
    public var members: [String: JSON]? {
        guard case .object(let members) = value else { return nil }
        return members.mapValues(JSON.init)
    }

    /// The elements of an array; nil for what is none.
    public var elements: [JSON]? {
        guard case .array(let elements) = value else { return nil }
        return elements.map(JSON.init)
    }

    /// The text of a string; nil for what is none.
    public var string: String? { value.string }

    /// A number without a fraction; nil for what is none.
    public var integer: Int64? {
        guard case .integer(let number) = value else { return nil }
        return number
    }

    /// Any number; nil for what is none.
    public var number: Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    /// True or false; nil for what is neither.
    public var bool: Bool? {
        guard case .bool(let bool) = value else { return nil }
        return bool
    }

    /// Whether it is null.
    public var isNull: Bool { value == .null }
}
