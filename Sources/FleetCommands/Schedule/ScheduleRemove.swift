import FleetArguments
import FleetBase
import FleetConfig
import FleetRuns

/// `fleet schedule remove`: takes schedules away from hosts.
struct ScheduleRemove: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: Message("take schedules away from hosts; results that wait come home first"),
        seeAlso: ["fleet schedule list --all"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup(title: Message("HOSTS")) var selector: SelectorOptions
    @Argument(valueName: "NAME", help: Message("which tasks; all of this project when left out")) var names: [String]

    func validate() throws(ArgumentError) {
        guard selector.selector != nil else {
            throw ArgumentError(.invalid, Message("which hosts?"), hint: Message("--hosts A,B, --group NAME or --all"))
        }
    }

    func run(_ context: CommandContext) async throws {
        try await Session.run(context, global) { session in
            let hosts = try session.hosts(selector)
            let collected = await session.fleet.collectSchedules(on: hosts, ledger: try await session.project.ledger())
            // Who can't be collected from keeps what it has.
            let reached = hosts.filter { host in collected.contains { $0.host == host.name && $0.failure == nil } }
            let listed = await session.fleet.schedules(on: reached)
            if !reached.isEmpty { try checkNames(listed, session) }
            var chosen: [HostName: [HostSchedule]] = [:]
            for outcome in listed {
                chosen[outcome.host] = (outcome.value ?? []).filter { names.isEmpty || names.contains($0.name) }
            }
            let removed = await session.fleet.removeSchedules(chosen, on: reached)
            let count = removed.compactMap(\.value).joined().count
            if global.json {
                try session.console.json(["removed": JSONValue(count)])
            } else {
                session.console.note(Message("schedules that were removed: \(count)"))
            }
            session.report(collected)
            session.report(removed)
            try session.end(collected.map(\.failure) + removed.compactMap(\.failure))
        }
    }

    /// - Throws: for a name that neither tasks.yaml nor a host knows.
    private func checkNames(_ listed: [HostOutcome<[HostSchedule]>], _ session: Session) throws {
        let tasks = try? session.project.tasks().tasks.map(\.name)
        let known = Set(listed.compactMap(\.value).joined().map(\.name)).union(tasks ?? [])
        guard let name = names.first(where: { !known.contains($0) }) else { return }
        throw ConfigError.unknown(name, kind: Message("task"), among: known.sorted())
    }
}
