package import FleetConfig
import FleetBase
package import FleetLedger
import FleetHosts
import FleetRuns

/// Runs by their names.
extension FleetService {
    /// Nil when nothing was ever written down here: looking makes no file.
    package func knownLedger() async throws(LedgerError) -> Ledger? {
        project.hasLedger ? try await ledger.open() : nil
    }

    /// - Parameter name: a run's name, the beginning of it, or `last`.
    /// - Throws: when no run has that name.
    package func run(named name: String) async throws(LedgerError) -> (ledger: Ledger, run: Run) {
        guard let ledger = try await knownLedger() else { throw .noRuns }
        return (ledger, try await ledger.run(name))
    }

    /// The run with a name; without one the last that nobody works on and that has not ended, else the last.
    func unfinishedRun(named name: String?) async throws(LedgerError) -> (ledger: Ledger, run: Run) {
        let (ledger, last) = try await run(named: name ?? "last")
        guard name == nil else { return (ledger, last) }
        let open = try await ledger.runs(limit: 200).first { project.isAbandoned($0) }
        return (ledger, open ?? last)
    }
}

extension Project {
    /// Whether anything was ever written down here.
    package var hasLedger: Bool { Disk.exists(ledgerFile) }

    /// Whether a run has not ended though no fleet works on it.
    package func isAbandoned(_ run: Run) -> Bool { run.state == .running && !RunLock.isHeld(run.id, in: self) }
}
