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
        _ context: CommandContext, _ options: GlobalOptions, _ body: @escaping @Sendable (Session) async throws -> Void
    ) async throws {
        let console = context.console(options)
        let service = try context.service(options, console)
        let id = OperationID()
        let viewing = EventView(console, printsEvents: options.events).follow(id, on: service.bus)
        do {
            let handle = try service.start(context.name, command: context.commandLine, id: id) { operation in
                try await body(
                    Session(context: context, options: options, console: console, operation: operation))
            }
            do {
                try await handle.result
            } catch {
                await viewing.value
                throw error
            }
            await viewing.value
            console.printDeferred()
            await service.close()
        } catch {
            viewing.cancel()
            console.printDeferred()
            await service.close()
            throw error
        }
    }

    var transport: SSHTransport { operation.service.transport }

    /// The hosts that a command is for; all of them when it does not say.
    func hosts(_ selector: SelectorOptions) throws -> [Host] {
        let hosts = try (selector.selector ?? .all).select(from: inventory)
        guard hosts.isEmpty else { return hosts }
        throw ConfigError(
            .unknownName, Message("the inventory names no host"), hint: Message("add one: fleet host add NAME ADDRESS"))
    }

    /// Says what failed on which host, in inventory order.
    func report<Value>(_ outcomes: [HostOutcome<Value>]) {
        console.failures(outcomes.compactMap { outcome in outcome.failure.map { (outcome.host, $0) } })
    }

    /// Ends the command with the status that its outcomes deserve.
    func end(_ failures: [Failure?]) throws {
        if Task.isCancelled { throw Ended(code: .cancelled) }
        let failed = failures.compactMap(\.self)
        guard !failed.isEmpty else { return }
        let isNobodyThere = failed.count == failures.count && failed.allSatisfy(\.kind.isAbsence)
        guard isNobodyThere else { throw Ended(code: .someFailed) }
        console.error(Message("NO ACTIVE MACHINES"), hint: Message("look at each host with: fleet inventory check"))
        throw Ended(code: .noActiveMachine)
    }
}
