package import FleetBase

/// Arguments that stand together: a command, or an ``OptionGroup`` that several commands share.
///
/// Its properties are declared with ``Flag``, ``Option``, ``Argument``, ``OptionGroup`` and ``DynamicOptions``.
package protocol ParsableArguments: Sendable {
    init()

    /// Checks what single values cannot tell, after all of them were read.
    func validate() throws(ArgumentError)
}

extension ParsableArguments {
    package func validate() throws(ArgumentError) {}
}

/// A verb of the command line, run with a context that its program gives it.
package protocol Command<Context>: ParsableArguments {
    associatedtype Context: Sendable

    static var configuration: CommandConfiguration { get }

    func run(_ context: Context) async throws
}

/// What a command is called and what its help says.
package struct CommandConfiguration: Sendable {
    package let commandName: String
    package let abstract: Message
    package let discussion: Message?
    package let examples: [CommandExample]
    /// Whole command lines that a reader may want next: `fleet push`.
    package let seeAlso: [String]
    /// Whether help and completion show the command.
    package let shouldDisplay: Bool

    package init(
        commandName: String, abstract: Message, discussion: Message? = nil,
        examples: [CommandExample] = [], seeAlso: [String] = [], shouldDisplay: Bool = true
    ) {
        self.commandName = commandName
        self.abstract = abstract
        self.discussion = discussion
        self.examples = examples
        self.seeAlso = seeAlso
        self.shouldDisplay = shouldDisplay
    }
}

/// A command line as somebody would type it into a shell, and what it does.
package struct CommandExample: Sendable {
    package let line: String
    package let help: Message

    package init(_ line: String, _ help: Message) {
        self.line = line
        self.help = help
    }
}
