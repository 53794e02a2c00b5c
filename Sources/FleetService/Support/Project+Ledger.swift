import FleetBase
package import FleetConfig
package import FleetLedger
import FleetHosts
import FleetRuns

extension Project {
    /// Whether anything was ever written down here.
    package var hasLedger: Bool { Disk.exists(ledgerFile) }

    package func ledger() async throws -> Ledger {
        let file = ledgerFile
        return try await ThreadExecutor.disk.run { () throws(LedgerError) in try Ledger(path: file) }
    }

    /// Nil when nothing was ever run here: looking makes no file.
    package func openLedger() async throws -> Ledger? {
        guard hasLedger else { return nil }
        let file = ledgerFile
        return try await ThreadExecutor.disk.run { () throws(LedgerError) in try Ledger(path: file) }
    }

    /// The run with a name; without one the last that nobody works on and that has not ended, else the last.
    package func unfinishedRun(named name: String?) async throws -> (ledger: Ledger, run: Run) {
        let (ledger, last) = try await run(named: name ?? "last")
        guard name == nil else { return (ledger, last) }
        let open = try await ledger.runs(limit: 200).first { $0.state == .running && isAbandoned($0) }
        return (ledger, open ?? last)
    }

    /// Whether a run has not ended though no fleet works on it.
    package func isAbandoned(_ run: Run) -> Bool { run.state == .running && RunLock.owner(of: run.id, in: self) == nil }

    /// - Throws: when no run has that name.
    package func run(named name: String) async throws -> (ledger: Ledger, run: Run) {
        guard let ledger = try await openLedger() else {
            throw LedgerError(
                .unknownRun, Message("there are no runs yet"), hint: Message("run something: fleet run PACKAGE"))
        }
        return (ledger, try await ledger.run(name))
    }
}
