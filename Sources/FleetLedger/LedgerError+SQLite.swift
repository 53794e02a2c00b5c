import CSQLite
import FleetBase

extension LedgerError {
    /// What a result code of SQLite means to a person; `status` may be an extended one.
    init(sqlite status: Int32, _ reason: String, path: String) {
        switch status & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(
                .locked, Message("another fleet is writing to \(path)"),
                hint: Message("wait for it to end, then try again"))
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            self.init(
                .corrupt, Message("\(path) is damaged: \(reason)"),
                hint: Message("move the file away: fleet starts a new one and the results stay"))
        case SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            self.init(.file, Message("can't write \(path): \(reason)"))
        default:
            self.init(.refused, Message("the ledger \(path) refused: \(reason)"))
        }
    }

    /// A column that holds what fleet never writes.
    static func unreadable(_ column: String) -> LedgerError {
        LedgerError(.corrupt, Message("the ledger has an unreadable \(column)"))
    }
}
