package import FleetBase
import FleetConfig
import FleetHosts
import FleetRuns
package import FleetService

/// What `fleet tasks plan --json` prints.
package struct TaskPlanView: Codable, Sendable {
    package struct Task: Codable, Sendable {
        package let name: String
        /// The definition's name.
        package let task: String
        package let parameters: [String: JSONValue]
        package let repetition: Int
        /// The hosts that can do it, in the inventory's order.
        package let hosts: [String]
        /// Why the others can't.
        package let objections: [String: Message]
        /// The definitions that must be done first.
        package let after: [String]
    }

    package struct Host: Codable, Sendable {
        package let name: String
        package let alive: Bool
        /// How many tasks run there at once; null where only the host could tell and it did not answer.
        @OrNull package var slots: Int?
        @OrNull package var failure: Failure?
    }

    package let tasks: [Task]
    package let hosts: [Host]

    package init(_ result: TaskPlanOperation.Result) {
        tasks = result.plan.groups.flatMap { group in
            let objections = Dictionary(group.objections.map { ($0.host.text, $0.reason) }) { first, _ in first }
            return group.expanded.map { task in
                Task(
                    name: task.name, task: group.task.name, parameters: result.checked.json(of: task),
                    repetition: task.repetition, hosts: group.hosts.map(\.text), objections: objections,
                    after: group.task.after)
            }
        }
        hosts = result.plan.candidates.map { candidate in
            Host(
                name: candidate.host.name.text, alive: candidate.outcome.value != nil, slots: candidate.slots,
                failure: candidate.outcome.failure)
        }
    }
}
