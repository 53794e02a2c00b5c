import FleetBase
package import FleetLedger

/// The project's ledger, opened when it is first needed and shared by all operations.
package actor SharedLedger {
    package nonisolated let path: String
    private var opening: Task<Result<Ledger, LedgerError>, Never>?

    package init(path: String) { self.path = path }

    /// The ledger; a failure is not remembered, and a file that was removed or replaced is opened anew.
    package func open() async throws(LedgerError) -> Ledger {
        if let known = opening {
            let result = await known.value
            if case .success(let ledger) = result, ledger.isInPlace { return ledger }
            if opening == known { opening = nil }
        }
        let path = path
        let task =
            opening
            ?? Task {
                await ThreadExecutor.disk.run {
                    do throws(LedgerError) {
                        return .success(try Ledger(path: path))
                    } catch {
                        return .failure(error)
                    }
                }
            }
        opening = task
        return try await task.value.get()
    }
}
