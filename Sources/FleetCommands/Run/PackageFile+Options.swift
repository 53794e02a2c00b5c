import FleetArguments
import FleetBase
import FleetConfig

extension PackageFile {
    /// The package's parameters as options of the command line.
    var dynamicOptions: [DynamicOption] {
        parameters.map { parameter in
            DynamicOption(
                name: parameter.name, aliases: parameter.aliases, valueName: parameter.kind.valueName,
                help: Message(parameter.help), defaultText: parameter.default?.description)
        }
    }
}

extension Message {
    /// A text that a package brings in both languages.
    init(_ text: LocalizedText?) { self.init(english: text?.english ?? "", spanish: text?.spanish ?? "") }
}

extension Parameter.Kind {
    /// How help names a value of this kind.
    fileprivate var valueName: String {
        switch self {
        case .int: "INT"
        case .float: "NUMBER"
        case .string: "TEXT"
        case .bool: "BOOL"
        case .choice(let choices): choices.joined(separator: "|")
        }
    }
}
