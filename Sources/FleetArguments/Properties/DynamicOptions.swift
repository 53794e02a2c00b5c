package import FleetBase

/// An option that is known at run time only: a parameter that a package declares.
package struct DynamicOption: Sendable, Hashable {
    /// Without the dashes.
    package let name: String
    package let aliases: [String]
    package let valueName: String
    package let help: Message
    package let defaultText: String?
    /// What help says of it in parentheses, such as the range of its values.
    package let notes: [Message]
    /// What the option means alone, such as `true`; nil where a value must follow.
    package let impliedValue: String?

    package init(
        name: String, aliases: [String] = [], valueName: String = "VALUE", help: Message, defaultText: String? = nil,
        notes: [Message] = [], impliedValue: String? = nil
    ) {
        self.name = name
        self.aliases = aliases
        self.valueName = valueName
        self.help = help
        self.defaultText = defaultText
        self.notes = notes
        self.impliedValue = impliedValue
    }

    /// Every way to write it, with the dashes.
    var names: [String] { ([name] + aliases).map { "--\($0)" } }
}

/// Takes the options that the command does not declare, until it can say what they mean.
///
/// The command learns from the arguments it does declare (a package's name) which options there are, and then asks
/// for ``CapturedOptions/values(of:)``. Such options have dashes twice.
@propertyWrapper package struct DynamicOptions: Sendable, ArgumentProperty {
    let slot = Slot<CapturedOptions>(CapturedOptions(options: [], declared: [], command: ""))

    package init() {}

    package var wrappedValue: CapturedOptions { slot.value }

    func declare(_ label: String, in set: inout ArgumentSet) { set.dynamic = slot }
}

/// Options as they were written, with the names that the command itself declares.
package struct CapturedOptions: Sendable {
    /// Written names with dashes; no value where none followed.
    let options: [(name: String, value: String?)]
    let declared: [String]
    let command: String

    /// Each captured option under its declared name, in the order written.
    ///
    /// - Parameter owner: the word of the command line that they belong to: with it the command's help shows them.
    package func values(
        of known: [DynamicOption], of owner: String
    ) throws(ArgumentError) -> [(name: String, value: String)] {
        let command = "\(command) \(owner)"
        return try options.map { option throws(ArgumentError) in
            guard let match = known.first(where: { $0.names.contains(option.name) }) else {
                throw .unknownOption(option.name, among: known.flatMap(\.names) + declared, in: command)
            }
            guard let value = option.value ?? match.impliedValue else {
                throw .missingValue(of: option.name, in: command)
            }
            return (match.name, value)
        }
    }
}
