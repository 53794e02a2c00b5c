import FleetBase

/// How an option is written: `-n`, `--name`.
package enum OptionName: Sendable, Hashable {
    case short(Character)
    case long(String)
    /// The property's own name: `dryRun` is `--dry-run`.
    case automatic

    func written(for label: String) -> String {
        switch self {
        case .short(let letter): "-\(letter)"
        case .long(let name): "--\(name)"
        case .automatic: "--\(Self.kebab(label))"
        }
    }

    /// `dryRun` as `dry-run`.
    static func kebab(_ label: String) -> String {
        label.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
    }
}

/// Whether help and completion show an option.
package enum Visibility: Sendable {
    case shown, hidden
}

/// Where a shell finds the words that may follow.
package enum CompletionKind: Sendable, Hashable {
    case none
    case files
    case directories
    case list([String])
    /// Asked of the program: `hosts`, `groups`, `packages`.
    case values(String)
}

/// One declared flag, option or positional argument, without the type of its value.
struct ArgumentDefinition: Sendable {
    enum Kind: Sendable, Equatable {
        case flag
        case option
        case positional
        /// Words after `--` alone.
        case terminated
    }

    var kind: Kind
    /// `-n` and `--name`; none for a positional argument.
    var names: [String] = []
    /// What stands for the value in help: `DIR`.
    var valueName: String
    var help: Message
    var visibility = Visibility.shown
    var completion = CompletionKind.none
    var defaultText: String?
    /// The environment variable that gives the value when the command line does not.
    var environment: String?
    var isRequired = false
    var isList = false
    /// Takes the written values, all at once.
    var assign: @Sendable ([String]) throws(ValueError) -> Void

    var takesValue: Bool { kind == .option }

    /// How errors call it: `--name` or `NAME`.
    var title: String { names.last ?? valueName }
}
