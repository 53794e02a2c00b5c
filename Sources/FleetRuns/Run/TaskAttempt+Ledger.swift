import FleetBase
import FleetEvents
import FleetHosts
import FleetLedger

/// What is written down.
extension TaskAttempt {
    /// Writes down what came of it, with the results in their place: of attempts of one task that end within the same
    /// moment one is first, and the others have found that out before they change anything.
    func settle(_ attempt: inout Attempt, _ outcome: inout TaskOutcome) async throws(Failure) {
        if let part = outcome.results, outcome.state == .done || outcome.state == .failed {
            let (folder, replaced) = (folder, part + ".old")
            outcome.results = folder
            attempt.take(outcome)
            do throws(Failure) {
                let settled = attempt
                let settlement = try await writing { () async throws(LedgerError) in
                    try await ledger.settle(settled) { Self.place(part, at: folder, replaced: replaced) }
                }
                switch settlement {
                case .settled:
                    events.tell(settled)
                    return await ThreadExecutor.disk.run { Disk.remove(replaced) }
                case .unplaced(let failure): throw failure
                case .tooLate(let winner):
                    outcome.results = part
                    outcome.wasTooLate()
                    return try await drop(&attempt, &outcome, for: settled.state == .done ? winner : nil)
                }
            } catch {
                if Disk.exists(part) { outcome.results = part }
                throw error
            }
        }
        try await drop(&attempt, &outcome)
    }

    /// Writes down an end whose results are nobody's.
    ///
    /// - Parameter winner: the attempt whose success is the task's, another master's: it stands for this one.
    private func drop(
        _ attempt: inout Attempt, _ outcome: inout TaskOutcome, for winner: Attempt? = nil
    ) async throws(Failure) {
        if let part = outcome.results { await ThreadExecutor.disk.run { Disk.remove(part) } }
        outcome.results = nil
        attempt.take(outcome)
        try await record(attempt)
        if let winner { outcome = TaskOutcome(winner) }
    }

    func record(_ attempt: Attempt) async throws(Failure) {
        try await writing { () async throws(LedgerError) in try await ledger.record(attempt) }
        events.tell(attempt)
    }

    private func writing<Value: Sendable>(
        _ body: () async throws(LedgerError) -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await body()
        } catch {
            // A ledger that is damaged, or on a full disk, is no better the next time.
            throw Failure(error.code == .locked ? .lost : .master, error.message, hint: error.hint)
        }
    }
}

extension Attempt {
    fileprivate mutating func take(_ outcome: TaskOutcome) {
        state = outcome.state
        exit = outcome.exit
        // How long the worker ran its host knows; the master may have been away meanwhile.
        ended = started.flatMap { start in outcome.duration.map { start.adding($0) } } ?? .now
        metrics = outcome.metrics
        resources = outcome.resources
        resultDigest = outcome.digest
        results = outcome.results
        failure = outcome.failure
    }
}
