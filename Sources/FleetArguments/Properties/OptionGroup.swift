package import FleetBase

/// Arguments that several commands share, under a heading of their own in the help.
@propertyWrapper package struct OptionGroup<Group: ParsableArguments>: Sendable, ArgumentProperty {
    package let wrappedValue = Group()
    private let title: Message?

    /// - Parameter title: the heading; without one they stand among the command's own options.
    package init(title: Message? = nil) { self.title = title }

    func declare(_ label: String, in set: inout ArgumentSet) {
        set.add(wrappedValue, under: title)
    }
}
