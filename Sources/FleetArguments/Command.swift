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
    /// Whole command lines that a reader may want next: `fleet push`.
    package let seeAlso: [String]
    /// Whether help and completion show the command.
    package let shouldDisplay: Bool

    package init(
        commandName: String, abstract: Message, discussion: Message? = nil, seeAlso: [String] = [],
        shouldDisplay: Bool = true
    ) {
        self.commandName = commandName
        self.abstract = abstract
        self.discussion = discussion
        self.seeAlso = seeAlso
        self.shouldDisplay = shouldDisplay
    }
}
