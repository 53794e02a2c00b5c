import FleetBase
import FleetConfig
import FleetRuns
import FleetTerminal

/// Which hosts can do which tasks, as the tables show it.
struct TaskPlanReport {
    private static let shownHosts = 4
    private static let shownCommand = 30

    private let plan: TaskPlan

    init(_ plan: TaskPlan) { self.plan = plan }

    /// - Parameter list: a row for each task, not for each entry of the file.
    func show(list: Bool, on console: Console) {
        guard !plan.groups.isEmpty else { return console.note(Message("the file has no tasks")) }
        console.table(list ? tasks(console) : groups(console))
        console.failures(
            plan.candidates.compactMap { candidate in candidate.outcome.failure.map { (candidate.host.name, $0) } })
        let (total, homeless, slots) = (plan.total, plan.homeless, plan.slots)
        let alive = plan.candidates.count { $0.outcome.value != nil }
        console.note(Message("tasks: \(total), at once: \(slots), hosts: \(alive) of \(plan.candidates.count)"))
        if homeless > 0 { console.warning(Message("tasks that no host can do: \(homeless)")) }
    }

    /// A row for each entry of the file.
    private func groups(_ console: Console) -> Table {
        var table = Table(
            [
                (Message("NAME"), .left), (Message("TASKS"), .right), (Message("WORK"), .left),
                (Message("HOSTS"), .left),
                (Message("WHY NOT"), .left),
            ], thrift: Table.Thrift(cutting: [2, 4], dropping: [2, 4]))
        for group in plan.groups {
            table.add([
                .init(group.task.name), .init("\(group.expanded.count)"), .init(Self.work(group.task)),
                Self.hosts(group.hosts, console), .init(Self.reasons(group.objections, console)),
            ])
        }
        return table
    }

    /// A row for each task.
    private func tasks(_ console: Console) -> Table {
        var table = Table(
            [(Message("NAME"), .left), (Message("AFTER"), .left), (Message("HOSTS"), .left)],
            thrift: Table.Thrift(cutting: [1], dropping: [1]))
        for group in plan.groups {
            let (after, hosts) = (group.task.after.joined(separator: ", "), Self.hosts(group.hosts, console))
            for task in group.expanded {
                table.add([.init(Self.line(task.name)), .init(after.isEmpty ? "–" : after), hosts])
            }
        }
        return table
    }

    private static func work(_ task: TaskDefinition) -> String {
        switch task.work {
        case .package(let name, nil): return name
        case .package(let name, let engine?): return "\(name) (\(engine))"
        case .command(let text):
            let line = line(text)
            return "$ " + (line.count > shownCommand ? line.prefix(shownCommand - 1) + "…" : line)
        case .python: return "python"
        }
    }

    /// A text that may have several lines, on one.
    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func hosts(_ names: [HostName], _ console: Console) -> Table.Cell {
        names.isEmpty ? .init(console.text(Message("none")), .red) : .init(list(names, console))
    }

    /// Each reason once, with the hosts that it holds for.
    private static func reasons(_ objections: [(host: HostName, reason: Message)], _ console: Console) -> String {
        var order: [Message] = []
        var hosts: [Message: [HostName]] = [:]
        for (host, reason) in objections {
            if hosts[reason] == nil { order.append(reason) }
            hosts[reason, default: []].append(host)
        }
        let parts = order.map { "\(list(hosts[$0] ?? [], console)): \(console.text($0))" }
        return parts.isEmpty ? "–" : parts.joined(separator: "; ")
    }

    private static func list(_ names: [HostName], _ console: Console) -> String {
        let shown = names.prefix(shownHosts).map(\.text).joined(separator: ", ")
        let more = names.count - shownHosts
        return more > 0 ? console.text(Message("\(shown) and \(more) more")) : shown
    }
}
