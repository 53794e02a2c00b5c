package import FleetBase
package import FleetConfig
package import FleetHosts

/// Runs a command on hosts.
package struct ExecOperation: Operation {
    package static let name = "exec"

    package var execution: Execution
    package var hosts: HostSelector?
    /// On how many hosts at once.
    package var width: Int

    package init(_ execution: Execution, on hosts: HostSelector? = nil, width: Int = Fleet.width) {
        (self.execution, self.hosts, self.width) = (execution, hosts, width)
    }

    package func validate() throws(ServiceError) {
        try ServiceError.check(width: width)
        try ServiceError.check(timeout: execution.timeout)
        guard !execution.words.isEmpty else { throw ServiceError(Message("which command?")) }
    }

    package func checkNames(in context: OperationContext) async throws { _ = try context.hosts(hosts) }

    package func perform(in context: OperationContext) async throws -> [HostOutcome<ExecAnswer>] {
        let hosts = try context.hosts(hosts)
        return await context.fleet.execute(
            execution, on: hosts, width: width, live: context.output?.receiver(hosts),
            isBehind: context.output?.isBehind)
    }
}
