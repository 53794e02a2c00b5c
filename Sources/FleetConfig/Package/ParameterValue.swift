package import FleetBase

/// The value of a parameter, of the type that its package declares.
package enum ParameterValue: Sendable, Hashable, CustomStringConvertible {
    case int(Int64)
    case float(Double)
    case string(String)
    case bool(Bool)

    package var json: JSONValue {
        switch self {
        case .int(let number): .integer(number)
        case .float(let number): .number(number)
        case .string(let text): .string(text)
        case .bool(let bool): .bool(bool)
        }
    }

    /// As a worker gets it on its command line.
    package var description: String {
        switch self {
        case .int(let number): String(number)
        case .float(let number): String(number)
        case .string(let text): text
        case .bool(let bool): String(bool)
        }
    }
}

/// The least and the greatest value allowed, both inclusive.
package struct Bounds<Value: Comparable & Sendable & Hashable & CustomStringConvertible>: Sendable, Hashable {
    package var minimum: Value?
    package var maximum: Value?

    /// What is wrong with a value, if anything is.
    func objection(to value: Value) -> Message? {
        if let minimum, value < minimum { return Message("\(value) is below the minimum \(minimum)") }
        if let maximum, value > maximum { return Message("\(value) is above the maximum \(maximum)") }
        return nil
    }
}

/// A text in both languages of fleet.
package struct LocalizedText: Sendable, Hashable {
    package let english: String
    package let spanish: String

    package func text(in language: Language) -> String { language == .spanish ? spanish : english }
}
