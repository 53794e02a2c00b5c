package import FleetBase
package import FleetConfig
import FleetHosts
import FleetSSH

/// Goes the way to each host step by step, looks at the host itself, and says what is wrong and what mends it.
package struct DoctorOperation: Operation {
    package static let name = "doctor"

    package var hosts: HostSelector?

    package init(hosts: HostSelector? = nil) { self.hosts = hosts }

    /// What was found of one host.
    package struct Examined: Sendable {
        package let host: Host
        /// In the order in which a connection is made.
        package let checks: [HostCheck]
    }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> [Examined] {
        let hosts = try context.hosts(hosts)
        let outcomes = await context.fleet.onEach(of: hosts) { host throws(Failure) in
            await Self.examine(host, context)
        }
        // What was cut off says nothing of a host.
        guard !Task.isCancelled else { throw Failure.cancelled }
        let examined = zip(hosts, outcomes).map { host, outcome in
            Examined(host: host, checks: outcome.value?.checks ?? [])
        }
        await context.remember(
            outcomes.compactMap { outcome in
                outcome.value?.facts.map { HostOutcome(host: outcome.host, result: .success($0)) }
            })
        return examined
    }

    private static func examine(
        _ host: Host, _ context: OperationContext
    ) async -> (checks: [HostCheck], facts: Facts?) {
        let program: [ShellWord] =
            ["fleet"]
            + (context.service.inventoryFile.map { ["--inventory", ShellWord(context.project.shown($0))] } ?? [])
        guard host.transport == .ssh else {
            return await context.fleet.examine(host, HostAccess(host.name, program: program), roundTrip: .zero)
        }
        let (inventory, transport) = (context.inventory, context.service.transport)
        let destination = inventory.destination(of: host)
        let neighbours = inventory.hosts.filter { other in
            other.jump?.split(separator: ",").last.map(String.init) == host.name.text
        }
        let way = await transport.examine(
            SSHQuestion(
                destination, neighbours: neighbours.map(inventory.destination),
                pinFile: context.project.knownHostsFile, timeout: host.connectTimeout ?? Fleet.connecting,
                program: program))
        guard way.hasLoggedIn else { return (way.checks + Fleet.skippedChecks, nil) }
        let endpoint = transport.endpoint(for: destination)
        let (checks, facts) = await context.fleet.examine(
            host, HostAccess(host.name, program: program) { endpoint.ssh($0) }, roundTrip: way.roundTrip ?? .zero)
        return (way.checks + checks, facts)
    }
}
