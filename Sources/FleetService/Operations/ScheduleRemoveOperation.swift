package import FleetBase
package import FleetConfig
import FleetHosts
package import FleetRuns

/// Takes schedules away from hosts, once the results that wait there are at home.
package struct ScheduleRemoveOperation: Operation {
    package static let name = "schedule remove"

    /// All of this project when empty.
    package var tasks: [String]
    package var hosts: HostSelector

    package init(_ tasks: [String], from hosts: HostSelector) { (self.tasks, self.hosts) = (tasks, hosts) }

    package struct Result: Sendable {
        package let collected: [HostOutcome<[TaskOutcome]>]
        /// The ids of the schedules that were removed, for each host.
        package let removed: [HostOutcome<[String]>]
    }

    package func checkNames(in context: OperationContext) async throws {
        let hosts = try context.hosts(hosts)
        let known = (try? context.project.tasks().tasks.map(\.name)) ?? []
        guard tasks.contains(where: { !known.contains($0) }) else { return }
        let listed = await context.fleet.schedules(on: hosts)
        if listed.contains(where: { $0.failure == nil }) { try checkNames(listed, context.project) }
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let hosts = try context.hosts(hosts)
        let collected = await context.fleet.collectSchedules(on: hosts, ledger: try await context.ledger())
        // Who can't be collected from keeps what it has.
        let reached = hosts.filter { host in collected.contains { $0.host == host.name && $0.failure == nil } }
        let listed = await context.fleet.schedules(on: reached)
        if !reached.isEmpty { try checkNames(listed, context.project) }
        var chosen: [HostName: [HostSchedule]] = [:]
        for outcome in listed {
            chosen[outcome.host] = (outcome.value ?? []).filter { tasks.isEmpty || tasks.contains($0.name) }
        }
        return Result(collected: collected, removed: await context.fleet.removeSchedules(chosen, on: reached))
    }

    /// - Throws: for a name that neither tasks.yaml nor a host knows.
    private func checkNames(_ listed: [HostOutcome<[HostSchedule]>], _ project: Project) throws(ConfigError) {
        let names = try? project.tasks().tasks.map(\.name)
        let known = Set(listed.compactMap(\.value).joined().map(\.name)).union(names ?? [])
        guard let name = tasks.first(where: { !known.contains($0) }) else { return }
        throw ConfigError.unknown(name, kind: Message("task"), among: known.sorted())
    }
}
