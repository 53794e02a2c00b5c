package import FleetBase

/// A value that is written as one word of a command line.
package protocol ExpressibleByArgument: Sendable {
    init(argument: String) throws(ValueError)

    /// All the words that are accepted, when they can be counted; help and completion show them.
    static var allValueStrings: [String] { get }
}

extension ExpressibleByArgument {
    package static var allValueStrings: [String] { [] }
}

extension ExpressibleByArgument where Self: RawRepresentable & CaseIterable, RawValue == String {
    package static var allValueStrings: [String] { allCases.map(\.rawValue) }

    package init(argument: String) throws(ValueError) {
        guard let value = Self(rawValue: argument) else {
            let allowed = Self.allValueStrings.joined(separator: ", ")
            throw ValueError(Message("\"\(argument)\" is not one of \(allowed)"))
        }
        self = value
    }
}

extension String: ExpressibleByArgument {
    package init(argument: String) { self = argument }
}

extension Int: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) {
        guard let number = Int(argument) else { throw ValueError(Message("\"\(argument)\" is not a whole number")) }
        self = number
    }
}

extension Double: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) {
        guard let number = Double(argument) else { throw ValueError(Message("\"\(argument)\" is not a number")) }
        self = number
    }
}

extension Duration: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) { try self.init(parsing: argument) }
}

extension ByteCount: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) { try self.init(parsing: argument) }
}

extension HostName: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) { try self.init(argument) }
}

extension Port: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) { try self.init(argument) }
}

extension RelativePath: ExpressibleByArgument {
    package init(argument: String) throws(ValueError) { try self.init(argument) }
}

extension Language: ExpressibleByArgument {}
