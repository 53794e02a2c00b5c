package import FleetBase

/// The value of a parameter, of the type that its package declares.
package enum ParameterValue: Sendable, Hashable, CustomStringConvertible {
    /// - Parameter text: as it was typed.
    case int(Int64, text: String)
    case float(Double, text: String)
    case string(String)
    case bool(Bool)

    package var json: JSONValue {
        switch self {
        case .int(let number, _): .integer(number)
        case .float(let number, _): .number(number)
        case .string(let text): .string(text)
        case .bool(let bool): .bool(bool)
        }
    }

    /// As a worker gets it on its command line: numbers as they were typed, `0.00005` and not `5e-05`.
    package var description: String {
        switch self {
        case .int(_, let text), .float(_, let text), .string(let text): text
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
