package import FleetBase
package import FleetConfig
package import FleetHosts

/// What of a tasks.yaml would run where, decided from what the hosts said of themselves.
package struct TaskPlan: Sendable {
    /// A host that was asked.
    package struct Candidate: Sendable {
        package let host: Host
        package let outcome: HostOutcome<Facts>

        /// How many tasks run there at once; nil where only the host could tell and it did not answer.
        package var slots: Int? {
            if let slots = host.slots { return slots }
            return outcome.value.map(\.cores)
        }
    }

    /// One entry of the file.
    package struct Group: Sendable {
        package let task: TaskDefinition
        package let expanded: [ExpandedTask]
        /// Those that can do it, in inventory order.
        package let hosts: [HostName]
        /// Why the others can't, in the same order.
        package let objections: [(host: HostName, reason: Message)]
    }

    package let groups: [Group]
    package let candidates: [Candidate]

    /// - Parameters:
    ///   - tasks: some or all of `checked`.
    ///   - outcomes: of the probe, one a host.
    package init(
        _ tasks: [TaskDefinition], of checked: CheckedTasks, on hosts: [Host], _ outcomes: [HostOutcome<Facts>]
    ) {
        let candidates = zip(hosts, outcomes).map { Candidate(host: $0, outcome: $1) }
        let names = Set(tasks.map(\.name))
        let expanded = Dictionary(grouping: checked.file.expanded.filter { names.contains($0.definition.name) }) {
            $0.definition.name
        }
        groups = tasks.map { task in
            let fit = TaskFit(task, checked.package(of: task))
            let answers = candidates.map { ($0.host.name, Self.objection(to: $0, fit, task)) }
            let fitting = answers.filter { $0.1 == nil }.map(\.0)
            let copies = task.verify ?? 1
            let isEnough = fitting.count >= copies
            return Group(
                task: task, expanded: expanded[task.name] ?? [], hosts: isEnough ? fitting : [],
                objections: (isEnough ? [] : fitting.map { ($0, Message("one of \(copies) hosts that verify needs")) })
                    + answers.compactMap { host, reason in reason.map { (host, $0) } })
        }
        self.candidates = candidates
    }

    /// A host that does not answer may also be none that the task asks for, which is the better reason.
    private static func objection(to candidate: Candidate, _ fit: TaskFit, _ task: TaskDefinition) -> Message? {
        guard let facts = candidate.outcome.value else {
            return HostFit.name(candidate.host, task.needs) ?? Message("does not answer")
        }
        return fit.objection(to: candidate.host, facts)
    }

    /// How many tasks there are, and how many of them no host can do.
    package var total: Int { groups.reduce(0) { $0 + $1.expanded.count } }
    package var homeless: Int { groups.filter(\.hosts.isEmpty).reduce(0) { $0 + $1.expanded.count } }
    /// How many tasks the hosts that answer can do at once.
    package var slots: Int {
        candidates.filter { $0.outcome.value != nil }.reduce(0) { $0.addingSaturated($1.slots ?? 0) }
    }
}
