package import FleetBase
import FleetHosts
package import FleetLedger
package import FleetRuns

/// Brings home the results of jobs that have ended on their hosts, and starts nothing.
package struct PullOperation: Operation {
    package static let name = "runs pull"

    /// A run's name, the beginning of it, or `last`.
    package var run: String

    package init(_ run: String) { self.run = run }

    package struct Result: Sendable {
        package let run: RunID
        package let outcomes: [HostOutcome<PulledJobs>]

        /// What came of the jobs that had ended.
        package var ended: [TaskOutcome] { outcomes.compactMap(\.value).flatMap(\.ended) }
        /// The names of the jobs that still run.
        package var running: [String] { outcomes.compactMap(\.value).flatMap(\.running) }
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try await context.service.run(named: run)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let (ledger, run) = try await context.service.run(named: run)
        let lock = try RunLock(run.id, in: context.project)
        let tasks = try await ledger.tasks(of: run.id)
        let outcomes = try await context.fleet.pull(tasks, of: run.id, on: context.inventory.hosts, ledger: ledger)
        try await finish(run, tasks, ledger, context)
        withExtendedLifetime(lock) {}
        return Result(run: run.id, outcomes: outcomes)
    }

    /// What was never tried, or still runs, is for resume.
    private func finish(
        _ run: Run, _ tasks: [LedgerTask], _ ledger: Ledger, _ context: OperationContext
    ) async throws {
        let attempts = try await ledger.attempts(of: run.id)
        let tried = Set(attempts.map(\.task))
        guard run.state == .running, attempts.allSatisfy(\.state.isFinal), tasks.allSatisfy({ tried.contains($0.id) })
        else { return }
        let done = Set(attempts.filter { $0.state == .done }.map(\.task))
        let state: Run.State = done.count == tasks.count ? .done : .failed
        try await ledger.finish(run.id, state)
        context.events.of(run.id).tell(.runEnded(.init(state)))
    }
}
