import FleetBase
import FleetConfig
import FleetEngine
import FleetSSH

/// A command at work on a project: its console, its hosts and the connections to them.
struct Session: Sendable {
    let context: CommandContext
    let options: GlobalOptions
    let console: Console
    let fleet: Fleet
    private let ssh: SSHTransport

    var project: Project { fleet.project }
    var inventory: Inventory { fleet.inventory }

    init(_ context: CommandContext, _ options: GlobalOptions) throws {
        self.context = context
        self.options = options
        let console = context.console(options)
        self.console = console
        let project = try context.project(options)
        let file = options.inventory.map(context.absolute)
        let inventory = try project.inventory(home: context.home, file: file)
        ssh = context.transport(console)
        fleet = Fleet(project: project, inventory: inventory, ssh: ssh)
    }

    /// Opens a session, does the work, and closes what the work has opened.
    static func run(
        _ context: CommandContext, _ options: GlobalOptions, _ body: (Session) async throws -> Void
    ) async throws {
        let session = try Session(context, options)
        do {
            try await body(session)
            await session.ssh.close()
        } catch {
            await session.ssh.close()
            throw error
        }
    }

    var transport: SSHTransport { ssh }

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
