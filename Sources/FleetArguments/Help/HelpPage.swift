package import FleetBase

/// The help of a command or a group, before it is put into a language and a width.
package struct HelpPage: Sendable {
    struct Row: Sendable {
        let term: Message
        let help: Message
        /// What stands after the help in parentheses: the default, the accepted words.
        var notes: [Message] = []
    }

    struct Section: Sendable {
        let title: Message
        let rows: [Row]
    }

    let usage: Message
    let abstract: Message
    let discussion: Message?
    private(set) var sections: [Section]
    let examples: [CommandExample]
    let seeAlso: [String]

    /// The subcommands of a group, in a row.
    package private(set) var subcommands = ""

    /// Whether somebody wants to read it: it is also what a group without a subcommand comes to.
    package func isAskedFor(by words: [String]) -> Bool {
        subcommands.isEmpty || words.contains { ["help", "--help", "-h"].contains($0) }
    }

    /// Puts options that are known at run time into a section of their own.
    package mutating func add(_ options: [DynamicOption], under title: Message) {
        sections.append(Section(title: title, rows: options.map(Row.init)))
    }
}

extension HelpPage {
    init<Context>(_ group: CommandGroup<Context>, path: [String]) {
        let command = path.joined(separator: " ")
        if let standard = group.defaultSubcommand?.configuration.commandName {
            usage = Message("\(command) [SUBCOMMAND], \(standard) when left out")
        } else {
            usage = Message("\(command) SUBCOMMAND")
        }
        abstract = group.configuration.abstract
        discussion = group.configuration.discussion
        let rows = group.visibleSubcommands.map { Row(term: Message(verbatim: $0.commandName), help: $0.abstract) }
        sections = [
            Section(title: Message("SUBCOMMANDS"), rows: rows),
            Section(
                title: Message("OPTIONS"),
                rows: group.leadingSet.visibleOptions.map(Row.init) + (path.count == 1 ? [.version] : []) + [.help]),
        ]
        examples = group.examples
        seeAlso = group.configuration.seeAlso
        subcommands = group.visibleSubcommands.map(\.commandName).joined(separator: ", ")
    }

    /// - Parameter path: the words that name the command.
    init(_ configuration: CommandConfiguration, _ set: ArgumentSet, path: String) {
        let words = set.options.filter(\.isRequired).map(\.term) + set.positionals.map(\.usage)
        let rest = ValueName.message(words.joined(separator: " "))
        usage = words.isEmpty ? Message("\(path) [options]") : Message("\(path) [options] \(rest)")
        abstract = configuration.abstract
        discussion = configuration.discussion
        sections = [Section(title: Message("ARGUMENTS"), rows: set.positionals.map(Row.init))]
        for section in set.sections {
            let rows = section.options.filter { $0.visibility == .shown }.map(Row.init)
            sections.append(
                Section(title: section.title ?? Message("OPTIONS"), rows: section.title == nil ? rows + [.help] : rows))
        }
        examples = configuration.examples
        seeAlso = configuration.seeAlso
    }
}

extension HelpPage.Row {
    static var version: HelpPage.Row {
        HelpPage.Row(term: Message(verbatim: "--version"), help: Message("show the version"))
    }
    static var help: HelpPage.Row {
        HelpPage.Row(term: Message(verbatim: "-h, --help"), help: Message("show this help"))
    }

    init(_ definition: ArgumentDefinition) {
        term = ValueName.message(definition.names.isEmpty ? definition.usage : definition.term)
        help = definition.help
        if case .list(let words) = definition.completion, !Self.names(words, in: definition.help) {
            let list = words.joined(separator: ", ")
            notes.append(Message("one of: \(list)"))
        }
        if let text = definition.defaultText { notes.append(Message("default: \(text)")) }
        if let variable = definition.environment { notes.append(Message("else from \(variable)")) }
    }

    /// Whether a help text lists the words itself: all of them, or the two at least that matter.
    private static func names(_ words: [String], in help: Message) -> Bool {
        let said = Set(help.text(in: .english).split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
        return words.count { said.contains($0) } >= min(2, words.count)
    }

    init(_ option: DynamicOption) {
        term = ValueName.message("\(option.names[0]) \(option.valueName)")
        help = option.help
        if !option.aliases.isEmpty {
            let list = option.names.dropFirst().joined(separator: ", ")
            notes.append(Message("also \(list)"))
        }
        notes += option.notes
        if let text = option.defaultText { notes.append(Message("default: \(text)")) }
    }
}

extension ArgumentDefinition {
    /// `-n, --name NAME`.
    var term: String { names.joined(separator: ", ") + (takesValue ? " \(valueName)" : "") }

    /// A positional argument in the usage line: `PACKAGE`, `[HOST]`, `[HOST ...]`, `-- WORD ...`.
    var usage: String {
        let name = isList ? "\(valueName) ..." : valueName
        let whole = kind == .terminated ? "-- \(name)" : name
        return isRequired ? whole : "[\(whole)]"
    }
}
