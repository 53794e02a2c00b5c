package import FleetBase

/// What a shell offers at the end of a command line that is being typed.
package struct Completer<Context: Sendable>: Sendable {
    private let root: CommandGroup<Context>
    private let values: @Sendable (String) -> [String]
    private let dynamicOptions: @Sendable (any Command<Context>) -> [DynamicOption]
    private let optionWords: @Sendable (any Command<Context>, String) -> [String]

    /// - Parameters:
    ///   - values: the words of a ``CompletionKind/values(_:)``.
    ///   - dynamicOptions: the options that a command knows at run time.
    ///   - optionWords: the values of an option, by its name, that a command knows at run time.
    package init(
        _ root: CommandGroup<Context>, values: @escaping @Sendable (String) -> [String],
        dynamicOptions: @escaping @Sendable (any Command<Context>) -> [DynamicOption] = { _ in [] },
        optionWords: @escaping @Sendable (any Command<Context>, String) -> [String] = { _, _ in [] }
    ) {
        self.root = root
        self.values = values
        self.dynamicOptions = dynamicOptions
        self.optionWords = optionWords
    }

    /// - Parameter words: those after the program's name; the last one is being typed and may be empty.
    package func complete(_ words: [String], in language: Language) -> Completion {
        // bash makes a word of each `=`, so that `--name=v` arrives in three; the value then stands alone.
        let isAfterEquals = words.last == "="
        let typed = isAfterEquals ? "" : words.last ?? ""
        let before = (isAfterEquals ? words : words.dropLast()).filter { $0 != "=" }
        var walk = CommandWalk(root)
        let candidates: Completion
        switch try? walk.descend(before) {
        case .group(let group): candidates = subcommands(of: group, typed, language)
        case .command(let type): candidates = arguments(of: type.init(), walk.rest, typed, language)
        case nil: candidates = leadingValue(before, typed)
        }
        return candidates.starting(with: typed)
    }

    /// The value of an option that stands before the subcommand and has none yet: `fleet --lang `.
    private func leadingValue(_ before: [String], _ typed: String) -> Completion {
        var walk = CommandWalk(root)
        guard let name = before.last, let target = try? walk.descend(Array(before.dropLast())),
            case .group(let group) = target, let option = group.leadingSet.option(named: name), option.takesValue
        else { return Completion() }
        return words(for: option, typed, after: "")
    }

    private func subcommands(of group: CommandGroup<Context>, _ typed: String, _ language: Language) -> Completion {
        let (name, value) = typed.splitAtEquals
        if let value, let option = group.leadingSet.option(named: name) {
            return words(for: option, value, after: "\(name)=")
        }
        let commands = group.visibleSubcommands.map { ($0.commandName, $0.abstract) }
        return Completion(commands + group.leadingSet.optionRows, in: language)
    }

    private func arguments(
        of command: any Command<Context>, _ before: [String], _ typed: String, _ language: Language
    ) -> Completion {
        let set = ArgumentSet(command)
        if let option = before.last.flatMap(set.option(named:)), option.takesValue {
            return option.completion == .none
                ? known(option, of: command, set, before.dropLast(), after: "") : words(for: option, typed, after: "")
        }
        let (name, value) = typed.splitAtEquals
        if let value, let option = set.option(named: name) {
            let prefix = "\(name)="
            return option.completion == .none
                ? known(option, of: command, set, before[...], after: prefix) : words(for: option, value, after: prefix)
        }
        if typed.hasPrefix("-"), !before.contains("--") {
            return Completion(set.optionRows + extra(of: command, set, before), in: language)
        }
        let position = before.reduce(into: PositionCount(set)) { $0.pass($1) }.count
        guard let definition = set.positional(at: position) else { return Completion() }
        return words(for: definition, typed, after: "")
    }

    private func extra(of command: any Command<Context>, _ set: ArgumentSet, _ before: [String]) -> [(String, Message)]
    {
        guard set.dynamic != nil else { return [] }
        var reader = ArgumentReader(set, command: "")
        reader.readLeniently(before)
        return dynamicOptions(command).map { ($0.names[0], $0.help) }
    }

    /// The values of an option that only the command knows, from the words typed so far.
    private func known(
        _ option: ArgumentDefinition, of command: any Command<Context>, _ set: ArgumentSet,
        _ before: ArraySlice<String>,
        after prefix: String
    ) -> Completion {
        var reader = ArgumentReader(set, command: "")
        reader.readLeniently(Array(before))
        return Completion(words: optionWords(command, option.title).map { prefix + $0 })
    }

    /// - Parameter prefix: what the shell has before the value in the same word.
    private func words(for definition: ArgumentDefinition, _ typed: String, after prefix: String) -> Completion {
        // In a list, what is being typed is the item after the last comma.
        let done = definition.isList ? typed.lastIndex(of: ",").map { typed[...$0] } ?? "" : ""
        switch definition.completion {
        case .none: return Completion()
        case .files: return Completion(paths: .files)
        case .directories: return Completion(paths: .directories)
        case .list(let words): return Completion(words: words.map { prefix + done + $0 })
        case .values(let kind): return Completion(words: values(kind).map { prefix + done + $0 })
        }
    }
}

/// Counts the positional words of a line.
private struct PositionCount {
    private let set: ArgumentSet
    private var isValue = false
    private var isTerminated = false
    private(set) var count = 0

    init(_ set: ArgumentSet) { self.set = set }

    mutating func pass(_ word: String) {
        if isValue {
            isValue = false
        } else if isTerminated || !word.looksLikeOption {
            count += 1
        } else if word == "--" {
            isTerminated = true
        } else if word.splitAtEquals.value == nil {
            isValue = set.option(named: word)?.takesValue ?? (set.dynamic != nil)
        }
    }
}

extension ArgumentSet {
    fileprivate var optionRows: [(String, Message)] {
        visibleOptions.map { ($0.title, $0.help) } + [("--help", Message("show this help"))]
    }

    /// The argument that takes the word number `index`; a list takes all that follow.
    fileprivate func positional(at index: Int) -> ArgumentDefinition? {
        guard index >= positionals.count else { return positionals[index] }
        return positionals.last.flatMap { $0.isList ? $0 : nil }
    }
}
