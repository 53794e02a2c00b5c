package import FleetLedger

/// Asks for a run with its tasks and their attempts.
package struct RunQuery: Query {
    /// A run's name, the beginning of it, or `last`.
    package var run: String

    package init(_ run: String) { self.run = run }

    package func answer(by service: FleetService) async throws -> RunRecord {
        let (ledger, run) = try await service.run(named: run)
        return try await RunRecord(run, ledger)
    }
}

/// A run as the ledger has it.
package struct RunRecord: Sendable {
    package let run: Run
    package let tasks: [LedgerTask]
    package let attempts: [Attempt]

    init(_ run: Run, _ ledger: Ledger) async throws(LedgerError) {
        self.run = run
        tasks = try await ledger.tasks(of: run.id)
        attempts = try await ledger.attempts(of: run.id)
    }

    /// The earlier run that did what an attempt says; nil for an attempt of this run's own.
    package func origin(of attempt: Attempt) -> RunID? {
        // Results lie below the name of their run.
        guard attempt.state == .done, let words = attempt.results?.split(separator: "/"), words.count > 1,
            let origin = RunID(reading: String(words[words.count - 2])), origin != run.id
        else { return nil }
        return origin
    }

    /// A task with one of its attempts; a task that nobody tried stands alone.
    package var rows: [(task: LedgerTask, attempt: Attempt?)] {
        let byTask = Dictionary(grouping: attempts, by: \.task)
        return tasks.flatMap { task -> [(LedgerTask, Attempt?)] in
            byTask[task.id].map { own in own.map { (task, $0) } } ?? [(task, nil)]
        }
    }
}
