package import FleetBase

/// A named value: `--name value`, `--name=value`, `-n value`.
///
/// `Option<Int>` must be given unless it has a default, `Option<Int?>` may be left out, and `Option<[Int]>` may be
/// repeated and, unless told otherwise, takes lists as `1,2,3`.
@propertyWrapper package struct Option<Value: Sendable>: Sendable, ArgumentProperty {
    private let slot: Slot<Value>
    private let name: [OptionName]
    private let valueName: String?
    private let definition: ArgumentDefinition

    package var wrappedValue: Value { slot.value }

    func declare(_ label: String, in set: inout ArgumentSet) {
        var definition = definition
        definition.names = name.map { $0.written(for: label) }
        definition.valueName = valueName ?? OptionName.kebab(label).uppercased()
        set.add(definition)
    }

    private init(
        _ slot: Slot<Value>, _ name: [OptionName], _ valueName: String?, _ definition: ArgumentDefinition
    ) {
        self.slot = slot
        self.name = name.isEmpty ? [.automatic] : name
        self.valueName = valueName
        self.definition = definition
    }
}

extension Option where Value: ExpressibleByArgument {
    package init(
        wrappedValue: Value, name: OptionName..., valueName: String? = nil, help: Message,
        visibility: Visibility = .shown, completion: CompletionKind? = nil, environment: String? = nil
    ) {
        let slot = Slot<Value>(wrappedValue)
        self.init(
            slot, name, valueName,
            ArgumentDefinition(
                kind: .option, valueName: "", help: help, visibility: visibility,
                completion: completion ?? Value.completion, defaultText: "\(wrappedValue)", environment: environment,
                assign: { words throws(ValueError) in slot.store(try Value.last(of: words)) }))
    }

    package init(
        name: OptionName..., valueName: String? = nil, help: Message, visibility: Visibility = .shown,
        completion: CompletionKind? = nil, environment: String? = nil
    ) {
        let slot = Slot<Value>(nil)
        self.init(
            slot, name, valueName,
            ArgumentDefinition(
                kind: .option, valueName: "", help: help, visibility: visibility,
                completion: completion ?? Value.completion, environment: environment, isRequired: true,
                assign: { words throws(ValueError) in slot.store(try Value.last(of: words)) }))
    }
}

extension Option {
    package init<Element: ExpressibleByArgument>(
        name: OptionName..., valueName: String? = nil, help: Message, visibility: Visibility = .shown,
        completion: CompletionKind? = nil, environment: String? = nil
    ) where Value == Element? {
        let slot = Slot<Value>(.some(nil))
        self.init(
            slot, name, valueName,
            ArgumentDefinition(
                kind: .option, valueName: "", help: help, visibility: visibility,
                completion: completion ?? Element.completion, environment: environment,
                assign: { words throws(ValueError) in slot.store(try Element.last(of: words)) }))
    }

    /// - Parameter commaSeparated: whether one word may hold several values.
    package init<Element: ExpressibleByArgument>(
        name: OptionName..., valueName: String? = nil, help: Message, visibility: Visibility = .shown,
        completion: CompletionKind? = nil, environment: String? = nil, commaSeparated: Bool = true
    ) where Value == [Element] {
        let slot = Slot<Value>([])
        self.init(
            slot, name, valueName,
            ArgumentDefinition(
                kind: .option, valueName: "", help: help, visibility: visibility,
                completion: completion ?? Element.completion, environment: environment, isList: commaSeparated,
                assign: { words throws(ValueError) in
                    let texts = commaSeparated ? words.flatMap { $0.split(separator: ",").map(String.init) } : words
                    guard !texts.isEmpty else { throw ValueError(Message("the list is empty")) }
                    slot.store(try Element.all(of: texts))
                }))
    }
}

extension ExpressibleByArgument {
    static var completion: CompletionKind { allValueStrings.isEmpty ? .none : .list(allValueStrings) }

    /// A repeated option means its last value.
    static func last(of words: [String]) throws(ValueError) -> Self { try Self(argument: words[words.count - 1]) }

    static func all(of words: [String]) throws(ValueError) -> [Self] {
        try words.map { word throws(ValueError) in try Self(argument: word) }
    }
}
