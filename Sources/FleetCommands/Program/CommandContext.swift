import FleetBase
import FleetConfig
import FleetEngine
import FleetSSH

/// What a command gets from the program: the world around it.
struct CommandContext: Sendable {
    let environment: [String: String]
    let directory: String
    /// The words after the program's name, for the ledger.
    let arguments: [String]

    /// As a person would type it.
    var commandLine: String { "fleet " + arguments.map { ShellWord($0) }.commandLine }

    var home: String { Environment.home(in: environment) }

    func console(_ options: GlobalOptions) -> Console {
        Console(
            language: options.language ?? Language(environment: environment), isQuiet: options.quiet,
            isVerbose: options.verbose, environment: environment)
    }

    func project(_ options: GlobalOptions) throws(ConfigError) -> Project {
        if let folder = options.project { return try Project.existing(at: absolute(folder)) }
        return try Project.nearest(to: directory)
    }

    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : path.hasPrefix("~/") ? home + path.dropFirst() : "\(directory)/\(path)"
    }
}

/// A command ends with an exit status of its own, and everything was said already.
struct Ended: Error {
    let code: ExitCode
}
