import FleetBase
import FleetConfig
import FleetHosts
import FleetSSH
import FleetTerminal

/// The first call on a host that is not written down yet.
struct HostVisit: Sendable {
    let context: CommandContext
    let console: Console
    let project: Project
    /// As it will be, with the host.
    let inventory: Inventory
    let approval: PinOptions

    /// Pins the host's key and gathers its facts; what was pinned is taken back when the login fails.
    func look(at name: HostName) async throws -> (key: HostKey, facts: Facts) {
        guard let host = inventory[name] else { preconditionFailure("the inventory was made with the host") }
        let destination = inventory.destination(of: host)
        let transport = context.transport(console)
        let pinning = HostKeyPinning(
            project: project, console: console, terminal: Terminal(console), transport: transport,
            newTransport: { [self] in context.transport(console) }, options: approval)
        let outcome: HostKeyPinning.Outcome
        do {
            outcome = try await pinning.pin(destination)
        } catch {
            await transport.close()
            throw error
        }
        await transport.close()
        do {
            let facts = try await facts(of: host)
            console.warnings(facts.greeting.notes.map { (name, $0) })
            return (outcome.key, facts)
        } catch {
            if case .pinned = outcome { try await pinning.unpin(destination) }
            console.note(Message("\(name) was not added"))
            throw error
        }
    }

    /// A transport reads known_hosts once, so the new key needs a new one.
    private func facts(of host: Host) async throws(Failure) -> Facts {
        let transport = context.transport(console)
        let outcomes = await Fleet(project: project, inventory: inventory, ssh: transport).probe([host])
        await transport.close()
        guard let outcome = outcomes.first else { preconditionFailure("one host has one outcome") }
        return try outcome.result.get()
    }
}

extension CommandContext {
    func transport(_ console: Console) -> SSHTransport {
        SSHTransport(config: .forUser(home: home), environment: environment) { console.warning($0) }
    }
}
