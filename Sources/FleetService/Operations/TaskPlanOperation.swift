package import FleetConfig
package import FleetBase
package import FleetHosts
package import FleetRuns

/// Finds out which hosts can do the tasks of a file, and why others can't; nothing is sent or started.
package struct TaskPlanOperation: Operation {
    package static let name = "tasks plan"

    /// Which tasks, of which file.
    package var choice: TaskWords
    package var hosts: HostSelector?

    package init(_ choice: TaskWords, on hosts: HostSelector? = nil) { (self.choice, self.hosts) = (choice, hosts) }

    package struct Result: Sendable {
        package let plan: TaskPlan
        package let checked: CheckedTasks
        package let outcomes: [HostOutcome<Facts>]
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try context.tasks(choice)
        _ = try context.hosts(hosts)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let (checked, tasks) = try context.tasks(choice)
        let hosts = try context.hosts(hosts)
        let outcomes = await context.fleet.probe(hosts)
        return Result(
            plan: TaskPlan(tasks, of: checked, on: hosts, outcomes), checked: checked, outcomes: outcomes)
    }
}
