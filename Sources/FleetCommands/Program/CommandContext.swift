import FleetBase
import FleetConfig
import FleetService
import FleetTerminal

/// What a command gets from the program: the world around it.
struct CommandContext: Sendable {
    let environment: [String: String]
    let directory: String
    /// The words after the program's name, for the ledger.
    let arguments: [String]
    /// What is wrong in the user's own settings; help and completion do without them.
    var settingsProblem: ConfigError?
    /// The command's, such as `runs resume`; what its operation is called.
    var name = "fleet"

    /// As a person would type it.
    var commandLine: String { "fleet " + arguments.map { ShellWord($0) }.commandLine }

    var home: String { Environment.home(in: environment) }

    func console(_ options: GlobalOptions) -> Console {
        Console(
            language: options.language ?? Language(environment: environment), isQuiet: options.quiet,
            isVerbose: options.verbose, defersResult: options.events, environment: environment)
    }

    /// Shows what needed no service to find out.
    func show(_ options: GlobalOptions, _ body: (Console) throws -> Void) rethrows {
        let console = console(options)
        // There are no events to be printed before the result.
        defer { console.printDeferred() }
        try body(console)
    }

    func service(_ options: GlobalOptions, _ console: Console) throws(ConfigError) -> FleetService {
        FleetService(
            try project(options), inventoryFile: options.inventory.map(absolute), home: home, environment: environment
        ) { console.warning($0) }
    }

    func project(_ options: GlobalOptions) throws(ConfigError) -> Project { try project(at: options.project) }

    /// - Parameter folder: the one that somebody named; else the nearest.
    func project(at folder: String?) throws(ConfigError) -> Project {
        if let folder { return try Project.existing(at: absolute(folder)) }
        return try Project.nearest(to: directory)
    }

    /// A variable of the environment; an empty one is as none.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : path.hasPrefix("~/") ? home + path.dropFirst() : "\(directory)/\(path)"
    }
}

/// A command ends with an exit status of its own, and everything was said already.
struct Ended: Error {
    let code: ExitCode
}
