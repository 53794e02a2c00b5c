package import FleetConfig
package import FleetHosts
package import FleetLedger
package import FleetBase

/// Who hands out the tasks of a run and has them done. The ledger keeps which one a run has, see ``BackendChoice``, so
/// that any master can take the run up or end it.
package protocol RunBackend: Sendable {
    /// The hosts that fleet itself works on for a run.
    ///
    /// - Parameter chosen: those that a person wants, for a backend that leaves the choice to people.
    func hosts(in inventory: Inventory, chosen: () throws -> [Host]) throws -> [Host]

    /// - Throws: for the first task that the backend can't run.
    func check(_ tasks: [TaskDefinition]) throws(ConfigError)

    /// Takes over the tasks of a run, with what an earlier master has left of them.
    func start(_ work: QueueWork, in fleet: Fleet) async throws(LedgerError) -> any StartedRun

    /// Ends what still goes on of a run that nobody works on, and removes what the run has left on hosts.
    ///
    /// - Parameter attempts: all that the run has.
    /// - Returns: of each host which attempts were ended.
    func cancel(
        _ run: RunID, _ attempts: [Attempt], in fleet: Fleet
    ) async throws -> [HostOutcome<DiscardedJobs>]
}

/// A run that a backend works on.
package protocol StartedRun: Sendable {
    /// Sees to the run until every task is done or will never be, or until the task that calls is cancelled. What is left
    /// on a host is removed when the run has no more use for that host.
    ///
    /// - Returns: what came of each task, in their order.
    func observe() async -> [QueueResult]
}

/// Tasks of a run, and what it takes to have them done.
package struct QueueWork: Sendable {
    package let run: RunID
    package let tasks: [PlannedTask]
    package let hosts: [Host]
    package let ledger: Ledger
    package let options: QueueOptions
    package let tell: @Sendable (QueueEvent) -> Void

    package init(
        _ run: RunID, _ tasks: [PlannedTask], on hosts: [Host], ledger: Ledger, options: QueueOptions,
        tell: @escaping @Sendable (QueueEvent) -> Void
    ) {
        (self.run, self.tasks, self.hosts) = (run, tasks, hosts)
        (self.ledger, self.options, self.tell) = (ledger, options, tell)
    }
}
