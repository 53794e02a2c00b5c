import FleetBase

/// Reads the words of one command into the slots that its arguments declared.
struct ArgumentReader {
    private let set: ArgumentSet
    private let command: String
    private var values: [String: [String]] = [:]
    private var positionals: [String] = []
    private var terminated: [String] = []
    private var captured: [(name: String, value: String?)] = []

    /// - Parameter command: the words that name the command, for messages.
    init(_ set: ArgumentSet, command: String) {
        self.set = set
        self.command = command
    }

    mutating func read(_ words: [String], environment: [String: String]) throws(ArgumentError) {
        try collect(words)
        try assignPositionals()
        for option in set.options {
            if let words = values[option.title] {
                try assign(option, words)
            } else {
                try assign(option, fallback(of: option, in: environment), from: option.environment)
            }
        }
        set.dynamic?.store(
            CapturedOptions(options: captured, declared: set.visibleNames, command: command))
        for member in set.members { try member.validate() }
    }

    /// Fills what can be filled, for the help of a command line that is not finished.
    mutating func readLeniently(_ words: [String]) {
        try? collect(words)
        var rest = positionals[...]
        for definition in set.positionals where !rest.isEmpty {
            try? definition.assign(definition.isList ? Array(rest) : [rest.removeFirst()])
        }
        for option in set.options {
            if let words = values[option.title] { try? option.assign(words) }
        }
    }

    private mutating func collect(_ words: [String]) throws(ArgumentError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                terminated = Array(rest)
                return
            } else if word.looksLikeOption {
                for option in WrittenOption.all(in: word, of: set) { try collect(option, &rest) }
            } else {
                positionals.append(word)
            }
        }
    }

    private mutating func collect(_ option: WrittenOption, _ rest: inout ArraySlice<String>) throws(ArgumentError) {
        let name = option.name
        guard let definition = option.definition else {
            guard set.dynamic != nil, name.hasPrefix("--") else {
                throw .unknownOption(name, among: set.visibleNames, in: command)
            }
            captured.append((name, option.inline ?? rest.popValue()))
            return
        }
        guard definition.takesValue else {
            guard option.inline == nil else {
                throw ArgumentError(.unexpectedValue, Message("\(name) takes no value"), in: command)
            }
            values[definition.title] = [name]
            return
        }
        guard let value = option.inline ?? rest.popValue() else { throw .missingValue(of: name, in: command) }
        values[definition.title, default: []].append(value)
    }

    private func fallback(of option: ArgumentDefinition, in environment: [String: String]) -> [String] {
        guard let value = option.environment.flatMap({ environment[$0] }), !value.isEmpty else { return [] }
        return [value]
    }

    private func assignPositionals() throws(ArgumentError) {
        let capturesTerminated = set.positionals.contains { $0.kind == .terminated }
        let words = capturesTerminated ? positionals : positionals + terminated
        let places = set.positionals.filter { $0.kind == .positional }
        if words.count > places.count, places.last?.isList != true {
            throw unexpected(words[places.count], capturesTerminated)
        }
        var rest = words[...]
        for definition in places {
            try assign(definition, definition.isList ? Array(rest) : rest.popFirst().map { [$0] } ?? [])
        }
        if let last = set.positionals.last, last.kind == .terminated { try assign(last, terminated) }
    }

    private func unexpected(_ word: String, _ capturesTerminated: Bool) -> ArgumentError {
        let message = Message("unexpected argument \"\(word)\"")
        guard capturesTerminated else {
            // Most people expect a host here.
            guard set.visibleNames.contains("--hosts") else {
                return ArgumentError(.unexpectedArgument, message, in: command)
            }
            return ArgumentError(
                .unexpectedArgument, message, hint: Message("hosts are named by an option: \(command) --hosts \(word)"))
        }
        return ArgumentError(
            .unexpectedArgument, message, hint: Message("the command to run goes after --: \(command) -- \(word)"))
    }

    /// - Parameter variable: the one that the words come from, unless they were typed.
    private func assign(
        _ definition: ArgumentDefinition, _ words: [String], from variable: String? = nil
    ) throws(ArgumentError) {
        guard !words.isEmpty else {
            if definition.isRequired { throw missing(definition) }
            return
        }
        do {
            try definition.assign(words)
        } catch {
            throw ArgumentError(
                .invalidValue, Message("\(variable ?? definition.title): \(error.message)"), in: command)
        }
    }

    private func missing(_ definition: ArgumentDefinition) -> ArgumentError {
        definition.kind == .option
            ? ArgumentError(.missingOption, Message("missing option \(definition.title)"), in: command)
            : ArgumentError(
                .missingArgument, Message("missing argument \(ValueName.message(definition.valueName))"), in: command)
    }
}
