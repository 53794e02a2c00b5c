import FleetArguments
import FleetBase

/// A command that does nothing without a project: that there is none is told before what its arguments lack.
protocol ProjectCommand: Command<CommandContext> {}

extension ArgumentError {
    /// Whether the words are understood and don't say enough, or too much: a person would mend them for nothing where
    /// there is no project.
    var isOfSense: Bool { [.invalid, .missingArgument, .missingOption].contains(code) }
}
