import FleetBase

/// What a command line asks for.
package enum Invocation<Context: Sendable>: Sendable {
    case run(any Command<Context>)
    /// A page to print. The command is there when one was named, as far as its arguments could be read, so that the
    /// program can add the options that it knows at run time.
    case help(HelpPage, of: (any Command<Context>)?)
    case version
    /// A shell asks what may follow these words; see ``Completer``.
    case complete([String])
}

/// Turns words into a command, purely: nothing is printed and nothing ends the program.
package struct Parser<Context: Sendable>: Sendable {
    private let root: CommandGroup<Context>
    private let environment: [String: String]

    package init(_ root: CommandGroup<Context>, environment: [String: String] = [:]) {
        self.root = root
        self.environment = environment
    }

    /// - Parameter words: the arguments, without the program's name.
    package func parse(_ words: [String]) throws(ArgumentError) -> Invocation<Context> {
        guard words.first != "help" else { return try parse(Array(words.dropFirst()) + ["--help"]) }
        guard words.first != "--complete" else { return .complete(Array(words.dropFirst())) }
        guard !Self.asksForVersion(words) else { return .version }
        var walk = CommandWalk(root)
        let target = try walk.descend(words)
        switch target {
        case .group(let group):
            return .help(HelpPage(group, path: walk.path), of: nil)
        case .command(let type):
            return try parse(walk.rest, as: type.init(), path: walk.path.joined(separator: " "))
        }
    }

    /// Which command the words name, whatever becomes of its arguments.
    package func command(of words: [String]) -> (any Command<Context>.Type)? {
        var walk = CommandWalk(root)
        guard case .command(let type) = try? walk.descend(words) else { return nil }
        return type
    }

    private func parse(
        _ words: [String], as command: any Command<Context>, path: String
    ) throws(ArgumentError) -> Invocation<Context> {
        let set = ArgumentSet(command)
        var reader = ArgumentReader(set, command: path)
        // `-h` cannot be an option's value, so it asks for help wherever it stands before `--`.
        let own = words.prefix { $0 != "--" }
        if own.contains(where: Self.asksForHelp) {
            reader.readLeniently(own.filter { !Self.asksForHelp($0) })
            return .help(HelpPage(type(of: command).configuration, set, path: path), of: command)
        }
        try reader.read(words, environment: environment)
        return .run(command)
    }

    /// `--version`, also with options such as `--json` around it.
    private static func asksForVersion(_ words: [String]) -> Bool {
        let isAlone = words.allSatisfy { $0.hasPrefix("-") && $0 != "--" }
        return isAlone && !words.contains(where: asksForHelp) && words.contains("--version")
    }

    static func asksForHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }
}
