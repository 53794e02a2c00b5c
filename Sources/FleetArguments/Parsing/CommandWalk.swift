import FleetBase

/// The way down from the root to the command that the words name.
struct CommandWalk<Context: Sendable> {
    private(set) var group: CommandGroup<Context>
    /// The names passed: `["fleet", "inventory", "check"]`.
    private(set) var path: [String]
    /// The words that belong to the command: options that stood before its name, then all that follow it.
    private(set) var rest: [String] = []

    init(_ root: CommandGroup<Context>) {
        group = root
        path = [root.configuration.commandName]
    }

    /// Follows the words to a command, or to the group whose help is wanted.
    mutating func descend(_ words: [String]) throws(ArgumentError) -> CommandGroup<Context>.Subcommand {
        var words = words[...]
        while let word = words.popFirst() {
            if Parser<Context>.asksForHelp(word) { return .group(group) }
            guard !word.hasPrefix("-") else {
                try carry(word, &words)
                continue
            }
            guard let next = group.subcommand(named: word) else { throw unknown(word) }
            path.append(word)
            guard case .group(let inner) = next else {
                if let name = words.first, let verb = group.verb(name, below: word) {
                    path.append(name)
                    rest += words.dropFirst()
                    return .command(verb)
                }
                rest += words
                return next
            }
            group = inner
        }
        return group.defaultSubcommand.map { .command($0) } ?? .group(group)
    }

    /// Keeps an option that stands before the subcommand.
    private mutating func carry(_ word: String, _ words: inout ArraySlice<String>) throws(ArgumentError) {
        let set = group.leadingSet
        rest.append(word)
        for option in WrittenOption.all(in: word, of: set) {
            guard let definition = option.definition else {
                throw .unknownOption(option.name, among: set.visibleNames, in: command)
            }
            guard definition.takesValue, option.inline == nil else { continue }
            guard let value = words.popValue() else { throw .missingValue(of: option.name, in: command) }
            rest.append(value)
        }
    }

    private func unknown(_ word: String) -> ArgumentError {
        if let lines = group.familiarWords[word] { return .familiarWord(word, meaning: lines, in: command) }
        return .unknownSubcommand(word, among: group.visibleSubcommands.map(\.commandName), in: command)
    }

    private var command: String { path.joined(separator: " ") }
}
