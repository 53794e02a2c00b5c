import FleetBase
package import FleetConfig
package import FleetLedger

extension Project {
    package func ledger() async throws -> Ledger {
        let file = ledgerFile
        return try await ThreadExecutor.disk.run { () throws(LedgerError) in try Ledger(path: file) }
    }
}
