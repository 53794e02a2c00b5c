package import FleetBase
package import FleetConfig
import FleetEvents
package import FleetHosts

/// Installs on hosts what fleet can use there, once a person has seen the commands.
package struct HostPrepareOperation: Operation {
    package static let name = "host prepare"

    package var supplies: [Supply]
    package var hosts: HostSelector
    /// Whether the hosts are only asked what they lack.
    package var dryRun = false

    package init(_ supplies: [Supply] = [], on hosts: HostSelector) { (self.supplies, self.hosts) = (supplies, hosts) }

    package typealias Plans = [HostOutcome<PreparePlan>]

    package struct Result: Sendable {
        package let plans: Plans
        /// What the hosts are now on which something was done.
        package let outcomes: [HostOutcome<Facts>]

        /// In the order of the hosts; nil where nothing failed.
        package var failures: [Failure?] {
            plans.map { plan in plan.failure ?? outcomes.first { $0.host == plan.host }?.failure }
        }
    }

    package func validate() throws(ServiceError) {
        guard !supplies.isEmpty else {
            throw ServiceError(
                Message("what should the hosts get?"), hint: Message("--docker, --podman, --python or --zstd"))
        }
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try hosts.select(from: context.inventory)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let hosts = try hosts.select(from: context.inventory)
        let planned = await context.fleet.planPreparing(hosts, with: supplies)
        let plans = Dictionary(planned.compactMap { one in one.value.map { (one.host, $0) } }) { first, _ in first }
        let pending = hosts.filter { plans[$0.name]?.lines.isEmpty == false }
        guard !dryRun, !pending.isEmpty else { return Result(plans: planned, outcomes: []) }
        try await context.ask(.preparation(planned))
        return Result(plans: planned, outcomes: await prepare(pending, by: plans, context))
    }

    private func prepare(
        _ hosts: [Host], by plans: [HostName: PreparePlan], _ context: OperationContext
    ) async -> [HostOutcome<Facts>] {
        let fleet = context.fleet
        context.events.tell(.hostsChosen(Event.HostNames(hosts.map(\.name))))
        let outcomes = await fleet.onEach(of: hosts) { host throws(Failure) in
            guard let plan = plans[host.name] else { preconditionFailure("only hosts with a plan are prepared") }
            return try await fleet.prepare(host, by: plan)
        }
        await context.remember(outcomes)
        return outcomes
    }
}
