import FleetArguments
import FleetBase
import FleetConfig

extension PackageFile {
    /// The package's parameters as options of the command line.
    var dynamicOptions: [DynamicOption] {
        parameters.map { parameter in
            DynamicOption(
                name: parameter.name, aliases: parameter.aliases, valueName: parameter.kind.valueName,
                help: Message(parameter.help), defaultText: parameter.default?.description,
                notes: parameter.kind.range.map { [$0] } ?? [],
                impliedValue: parameter.kind == .bool ? "true" : nil)
        }
    }
}

extension Message {
    /// A text that a package brings in both languages.
    init(_ text: LocalizedText?) { self.init(english: text?.english ?? "", spanish: text?.spanish ?? "") }
}

extension Parameter.Kind {
    /// The values that are allowed, where there are bounds.
    fileprivate var range: Message? {
        switch self {
        case .int(let bounds): Self.range(bounds)
        case .float(let bounds): Self.range(bounds)
        case .string, .bool, .choice: nil
        }
    }

    private static func range<Value>(_ bounds: Bounds<Value>) -> Message? {
        switch (bounds.minimum, bounds.maximum) {
        case (let minimum?, let maximum?): Message("from \(minimum) to \(maximum)")
        case (let minimum?, nil): Message("at least \(minimum)")
        case (nil, let maximum?): Message("at most \(maximum)")
        case (nil, nil): nil
        }
    }

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
