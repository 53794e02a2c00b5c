import FleetBase

/// A name with subcommands below it: `fleet`, `fleet inventory`.
package struct CommandGroup<Context: Sendable>: Sendable {
    package let configuration: CommandConfiguration
    package let subcommands: [Subcommand]
    /// The command that runs when the group is called without a subcommand; help is shown without one.
    package let defaultSubcommand: (any Command<Context>.Type)?
    /// Options that may also stand before the subcommand: `fleet --json inventory check`. Each command that takes them
    /// declares them with an ``OptionGroup``.
    package let leadingOptions: [any ParsableArguments.Type]
    /// Commands below a command that does something by itself: `fleet package new` beside `fleet package`.
    package let verbs: [(command: String, verb: any Command<Context>.Type)]
    /// Words that people know from other tools, and the command lines that do here what they want.
    package let familiarWords: [String: [String]]

    package enum Subcommand: Sendable {
        case command(any Command<Context>.Type)
        case group(CommandGroup)

        package var configuration: CommandConfiguration {
            switch self {
            case .command(let type): type.configuration
            case .group(let group): group.configuration
            }
        }
    }

    package init(
        _ configuration: CommandConfiguration, subcommands: [Subcommand],
        defaultSubcommand: (any Command<Context>.Type)? = nil, leadingOptions: [any ParsableArguments.Type] = [],
        verbs: [(command: String, verb: any Command<Context>.Type)] = [], familiarWords: [String: [String]] = [:]
    ) {
        self.configuration = configuration
        self.subcommands = subcommands
        self.defaultSubcommand = defaultSubcommand
        self.leadingOptions = leadingOptions
        self.verbs = verbs
        self.familiarWords = familiarWords
    }

    func subcommand(named name: String) -> Subcommand? {
        subcommands.first { $0.configuration.commandName == name }
    }

    func verb(_ name: String, below command: String) -> (any Command<Context>.Type)? {
        verbs.first { $0.command == command && $0.verb.configuration.commandName == name }?.verb
    }

    /// The words that call a command, such as `runs resume`.
    package func name(of command: any Command<Context>.Type) -> String? {
        for subcommand in subcommands {
            let name = subcommand.configuration.commandName
            switch subcommand {
            case .command(let type) where type == command: return name
            case .command: continue
            case .group(let group): if let rest = group.name(of: command) { return "\(name) \(rest)" }
            }
        }
        return verbs.first { $0.verb == command }.map { "\($0.command) \($0.verb.configuration.commandName)" }
    }

    var visibleSubcommands: [CommandConfiguration] {
        subcommands.map(\.configuration).filter(\.shouldDisplay)
    }

    /// The group's own examples, else those of the command that it stands for, else one of each of its commands.
    package var examples: [CommandExample] {
        if !configuration.examples.isEmpty { return configuration.examples }
        return defaultSubcommand?.configuration.examples
            ?? visibleSubcommands.compactMap(\.examples.first)
    }

    var leadingSet: ArgumentSet { ArgumentSet(leadingOptions.map { $0.init() }) }
}
