import FleetConfig
package import FleetBase
import FleetHosts
package import FleetLedger
package import FleetRuns

/// Stops a run, whether a fleet is at work on it or not, and ends its jobs on the hosts.
package struct CancelRunOperation: Operation {
    package static let name = "runs cancel"

    /// A run's name, the beginning of it, or `last`.
    package var run: String

    package init(_ run: String) { self.run = run }

    package struct Result: Sendable {
        package let run: RunID
        /// Whether nothing of it was left to stop.
        package let hadEnded: Bool
        /// How many jobs were ended.
        package let ended: Int
        package let outcomes: [HostOutcome<DiscardedJobs>]
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try await context.service.run(named: run)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let (ledger, run) = try await context.service.run(named: run)
        try await RunOwner(run.id, context.service).stop()
        let lock = try RunLock(run.id, in: context.project)
        let attempts = try await ledger.attempts(of: run.id)
        let open = attempts.filter { !$0.state.isFinal }
        let backend = try BackendChoice(of: run).backend
        let outcomes = try await backend.cancel(run.id, attempts, in: context.fleet)
        let removed = outcomes.reduce(into: Set<String>()) { $0.formUnion($1.value?.removed ?? []) }
        let ended = open.filter { removed.contains($0.id) }
        try await write(ended, of: run, ledger, context)
        withExtendedLifetime(lock) {}
        return Result(
            run: run.id, hadEnded: run.state != .running && open.isEmpty, ended: ended.count, outcomes: outcomes)
    }

    /// Writes down what was ended, and tells who follows the run.
    private func write(
        _ ended: [Attempt], of run: Run, _ ledger: Ledger, _ context: OperationContext
    ) async throws {
        let names = try await ledger.taskNames(of: run.id)
        for attempt in ended.map({ $0.cancelled() }) {
            try await ledger.record(attempt)
            context.events.on(attempt.host).of(run.id, task: names[attempt.task]).tell(attempt)
        }
        guard run.state == .running else { return }
        try await ledger.finish(run.id, .cancelled)
        context.events.of(run.id).tell(.runEnded(.init(.cancelled)))
    }
}
