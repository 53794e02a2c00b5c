import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetSSH
import FleetService
import FleetTerminal

/// A command at work on a project: its console, its hosts and the connections to them.
struct Session: Sendable {
    let context: CommandContext
    let options: GlobalOptions
    let console: Console
    let operation: OperationContext

    var fleet: Fleet { operation.fleet }
    var project: Project { fleet.project }
    var inventory: Inventory { fleet.inventory }

    /// Starts an operation, follows it, does the work, and closes what the work has opened.
    static func run(
        _ context: CommandContext, _ options: GlobalOptions, tellsRuns: Bool = true,
        _ body: @escaping @Sendable (Session) async throws -> Void
    ) async throws {
        let console = context.console(options)
        try await context.follow(options, console, tellsRuns: tellsRuns) { service, id throws(ConfigError) in
            try service.start(context.name, command: context.commandLine, id: id) { operation in
                try await body(
                    Session(context: context, options: options, console: console, operation: operation))
            }
        } show: {
        }
    }

    var transport: SSHTransport { operation.service.transport }

    /// The hosts that a command is for; all of them when it does not say.
    func hosts(_ selector: SelectorOptions) throws -> [Host] {
        try operation.hosts(selector.selector)
    }

    /// Says what failed on which host, in inventory order.
    func report<Value>(_ outcomes: [HostOutcome<Value>]) {
        console.failures(of: outcomes)
    }

    /// Ends the command with the status that its outcomes deserve.
    func end(_ failures: [Failure?]) throws {
        try context.end(failures, console)
    }
}
