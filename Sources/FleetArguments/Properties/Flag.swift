package import FleetBase

/// A switch that is off unless it is given: `--json`.
@propertyWrapper package struct Flag: Sendable, ArgumentProperty {
    private let slot = Slot(false)
    private let name: [OptionName]
    private let help: Message
    private let visibility: Visibility

    package init(name: OptionName..., help: Message, visibility: Visibility = .shown) {
        self.name = name.isEmpty ? [.automatic] : name
        self.help = help
        self.visibility = visibility
    }

    package var wrappedValue: Bool { slot.value }

    func declare(_ label: String, in set: inout ArgumentSet) {
        set.add(
            ArgumentDefinition(
                kind: .flag, names: name.map { $0.written(for: label) }, valueName: "", help: help,
                visibility: visibility, assign: { [slot] _ in slot.store(true) }))
    }
}
