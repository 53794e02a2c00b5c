package import FleetLedger

/// Asks for the latest runs, the newest first.
package struct RunsQuery: Query {
    package var limit: Int

    package init(limit: Int) { self.limit = limit }

    package func validate() throws(ServiceError) { try ServiceError.check(limit: limit) }

    package func answer(by service: FleetService) async throws -> [RunSummary] {
        guard let ledger = try await service.knownLedger() else { return [] }
        var summaries: [RunSummary] = []
        for run in try await ledger.runs(limit: limit) {
            let (tasks, done) = try await ledger.counts(of: run.id)
            summaries.append(
                RunSummary(run: run, tasks: tasks, done: done, isAbandoned: service.project.isAbandoned(run)))
        }
        return summaries
    }
}

/// A run with how far it came.
package struct RunSummary: Sendable {
    package let run: Run
    package let tasks: Int
    package let done: Int
    /// Whether it has not ended though no fleet works on it.
    package let isAbandoned: Bool
}
