import FleetBase

/// A property wrapper that declares arguments.
protocol ArgumentProperty {
    /// - Parameter label: the property's name.
    func declare(_ label: String, in set: inout ArgumentSet)
}

/// All that a command declares, found by reflection over its properties and those of its option groups.
struct ArgumentSet: Sendable {
    struct Section: Sendable {
        let title: Message?
        var options: [ArgumentDefinition] = []
    }

    private(set) var positionals: [ArgumentDefinition] = []
    /// The command's own options first, then a section for each titled group.
    private(set) var sections = [Section(title: nil)]
    private(set) var members: [any ParsableArguments] = []
    var dynamic: Slot<CapturedOptions>?
    private var current = 0

    init(_ arguments: any ParsableArguments) { add(arguments, under: nil) }

    init(_ groups: [any ParsableArguments]) {
        for group in groups { add(group, under: nil) }
    }

    mutating func add(_ arguments: any ParsableArguments, under title: Message?) {
        let outer = current
        defer { current = outer }
        if title != nil {
            sections.append(Section(title: title))
            current = sections.count - 1
        }
        members.append(arguments)
        for case (let label?, let property as any ArgumentProperty) in Mirror(reflecting: arguments).children {
            // A wrapped property is stored under its name with an underscore before it.
            property.declare(String(label.dropFirst()), in: &self)
        }
    }

    mutating func add(_ definition: ArgumentDefinition) {
        if definition.names.isEmpty {
            positionals.append(definition)
        } else {
            sections[current].options.append(definition)
        }
    }

    var options: [ArgumentDefinition] { sections.flatMap(\.options) }
    var visibleOptions: [ArgumentDefinition] { options.filter { $0.visibility == .shown } }
    var visibleNames: [String] { visibleOptions.flatMap(\.names) + ["--help"] }

    func option(named name: String) -> ArgumentDefinition? { options.first { $0.names.contains(name) } }
}
