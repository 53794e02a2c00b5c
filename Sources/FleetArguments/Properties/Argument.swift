package import FleetBase

/// A value known by its position: one, an optional one, or all that remain.
@propertyWrapper package struct Argument<Value: Sendable>: Sendable, ArgumentProperty {
    /// Where the words of a list come from.
    package enum Parsing: Sendable {
        /// Every word left over, before and after `--`.
        case remaining
        /// The words after `--` alone: another program's command line.
        case postTerminator
    }

    private let slot: Slot<Value>
    private let definition: ArgumentDefinition

    package var wrappedValue: Value { slot.value }

    func declare(_ label: String, in set: inout ArgumentSet) {
        var definition = definition
        if definition.valueName.isEmpty { definition.valueName = OptionName.kebab(label).uppercased() }
        set.add(definition)
    }
}

extension Argument where Value: ExpressibleByArgument {
    package init(valueName: String = "", help: Message, completion: CompletionKind? = nil) {
        let slot = Slot<Value>(nil)
        self.slot = slot
        definition = ArgumentDefinition(
            kind: .positional, valueName: valueName, help: help, completion: completion ?? Value.completion,
            isRequired: true, assign: { words throws(ValueError) in slot.store(try Value.last(of: words)) })
    }
}

extension Argument {
    package init<Element: ExpressibleByArgument>(
        valueName: String = "", help: Message, completion: CompletionKind? = nil
    ) where Value == Element? {
        let slot = Slot<Value>(.some(nil))
        self.slot = slot
        definition = ArgumentDefinition(
            kind: .positional, valueName: valueName, help: help, completion: completion ?? Element.completion,
            assign: { words throws(ValueError) in slot.store(try Element.last(of: words)) })
    }

    /// - Parameter isRequired: whether there must be one word at least.
    package init<Element: ExpressibleByArgument>(
        valueName: String = "", help: Message, completion: CompletionKind? = nil, parsing: Parsing = .remaining,
        isRequired: Bool = false
    ) where Value == [Element] {
        let slot = Slot<Value>([])
        self.slot = slot
        definition = ArgumentDefinition(
            kind: parsing == .remaining ? .positional : .terminated, valueName: valueName, help: help,
            completion: completion ?? Element.completion, isRequired: isRequired, isList: true,
            assign: { words throws(ValueError) in slot.store(try Element.all(of: words)) })
    }
}
