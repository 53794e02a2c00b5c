package import FleetBase

/// A command line that cannot be understood.
package struct ArgumentError: DescribedError, Equatable {
    package enum Code: Sendable, Hashable {
        case unknownSubcommand, unknownOption, missingValue, unexpectedValue, invalidValue
        case missingOption, missingArgument, unexpectedArgument
        /// Refused by a command's own ``ParsableArguments/validate()``.
        case invalid
    }

    package let code: Code
    package let message: Message
    package let hint: Message?
    package var exitCode: ExitCode { .usage }

    package init(_ code: Code = .invalid, _ message: Message, hint: Message? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// - Parameter command: the words that name the command, `fleet inventory check`.
    init(_ code: Code, _ message: Message, in command: String) {
        self.init(code, message, hint: Message("see \"\(command) --help\""))
    }

    static func unknownOption(_ name: String, among known: [String], in command: String) -> ArgumentError {
        let message =
            Similarity.nearest(to: name, among: known).map { near in
                Message("unknown option \"\(name)\", did you mean \"\(near)\"?")
            } ?? Message("unknown option \"\(name)\"")
        return ArgumentError(.unknownOption, message, in: command)
    }

    static func unknownSubcommand(_ name: String, among known: [String], in command: String) -> ArgumentError {
        let message =
            Similarity.nearest(to: name, among: known).map { near in
                Message("unknown subcommand \"\(name)\", did you mean \"\(near)\"?")
            } ?? Message("unknown subcommand \"\(name)\"")
        return ArgumentError(.unknownSubcommand, message, in: command)
    }

    /// A word that other tools have, and the command lines that do the same here.
    static func familiarWord(_ name: String, meaning lines: [String], in command: String) -> ArgumentError {
        let list = lines.joined(separator: ", ")
        return ArgumentError(
            .unknownSubcommand, Message("unknown subcommand \"\(name)\""),
            hint: Message(verbatim: "\(command) \(name) → \(list)"))
    }

    static func missingValue(of name: String, in command: String) -> ArgumentError {
        ArgumentError(.missingValue, Message("\(name) needs a value"), in: command)
    }
}
