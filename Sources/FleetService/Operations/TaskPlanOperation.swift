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

    package func perform(in context: OperationContext) async throws -> Result {
        let file = try context.project.tasks(file: choice.file)
        let checked = try context.project.checkTasks(file, inventory: context.inventory)
        let tasks = try checked.tasks(named: choice.names)
        let hosts = try context.hosts(hosts)
        let outcomes = await context.fleet.probe(hosts)
        return Result(
            plan: TaskPlan(tasks, of: checked, on: hosts, outcomes), checked: checked, outcomes: outcomes)
    }
}
