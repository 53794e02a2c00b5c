package import FleetBase

/// A parameter that a package declares: `--particles 100`.
package struct Parameter: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case int(Bounds<Int64>)
        case float(Bounds<Double>)
        case string
        case bool
        case choice([String])
    }

    package let name: String
    package let kind: Kind
    package let help: LocalizedText?
    /// Other names, such as the variables of older versions of a program.
    package let aliases: [String]
    package internal(set) var `default`: ParameterValue?

    /// It has no default, so every run must give it.
    package var isRequired: Bool { `default` == nil }

    package var names: [String] { [name] + aliases }

    /// Reads what a person typed.
    package func parse(_ text: String) throws(ValueError) -> ParameterValue {
        do { return try value(of: text) } catch { throw ValueError(Message("--\(name): \(error.message)")) }
    }

    /// The same, for a form where the name stands beside the field.
    package func value(of text: String) throws(ValueError) -> ParameterValue {
        switch kind {
        case .int(let bounds):
            guard let number = Int64(text) else { throw refuse(text, Message("a whole number")) }
            try accept(bounds.objection(to: number))
            return .int(number, text: text)
        case .float(let bounds):
            guard let number = Double(text), number.isFinite else { throw refuse(text, Message("a number")) }
            try accept(bounds.objection(to: number))
            return .float(number, text: text)
        case .string:
            return .string(text)
        case .bool:
            guard let bool = Self.bools[text.lowercased()] else { throw refuse(text, Message("true or false")) }
            return .bool(bool)
        case .choice(let choices):
            guard choices.contains(text) else {
                let words = choices.joined(separator: ", ")
                throw refuse(text, Message("one of: \(words)"))
            }
            return .string(text)
        }
    }

    private static let bools = ["true": true, "yes": true, "1": true, "false": false, "no": false, "0": false]

    private func refuse(_ text: String, _ expected: Message) -> ValueError {
        ValueError(Message("expected \(expected), found \"\(text)\""))
    }

    private func accept(_ objection: Message?) throws(ValueError) {
        if let objection { throw ValueError(objection) }
    }
}
