import CSQLite

/// An open SQLite database. One thread at a time.
struct Database: ~Copyable {
    private let handle: OpaquePointer
    private let path: String

    private init(handle: OpaquePointer, path: String) {
        self.handle = handle
        self.path = path
    }

    /// Opens the file, or makes it.
    ///
    /// - Parameter busyTimeout: how long a write waits for another process's.
    static func open(_ path: String, busyTimeout: Duration) throws(LedgerError) -> Database {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let status = sqlite3_open_v2(path, &handle, flags, nil)
        guard let handle else { throw LedgerError(sqlite: SQLITE_NOMEM, "no memory", path: path) }
        // A failed open leaves a handle, too, and it must be closed.
        let database = Database(handle: handle, path: path)
        try database.check(status)
        try database.check(sqlite3_busy_timeout(handle, Int32(busyTimeout / .milliseconds(1))))
        return database
    }

    deinit {
        // No statement outlives a call, so there is nothing left that could make this fail.
        _ = sqlite3_close_v2(handle)
    }

    /// Runs SQL without parameters, several statements parted by semicolons if need be.
    func execute(script: String) throws(LedgerError) { try check(sqlite3_exec(handle, script, nil, nil, nil)) }

    /// Runs one statement and gives back its rows.
    @discardableResult
    func rows(_ sql: String, _ values: [SQLValue] = []) throws(LedgerError) -> [Row] {
        try rows(prepare(sql), values)
    }

    /// A statement that runs as often as it is needed.
    func prepare(_ sql: String) throws(LedgerError) -> Statement {
        var pointer: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, sql, Int32(sql.utf8.count), &pointer, nil))
        guard let pointer else { preconditionFailure("an empty statement: \(sql)") }
        return Statement(pointer)
    }

    @discardableResult
    func rows(_ statement: borrowing Statement, _ values: [SQLValue] = []) throws(LedgerError) -> [Row] {
        statement.reset()
        for (index, value) in values.enumerated() { try check(statement.bind(value, at: Int32(index + 1))) }
        var rows: [Row] = []
        while true {
            switch statement.step() {
            case SQLITE_ROW: rows.append(statement.row)
            case SQLITE_DONE: return rows
            case let status: try check(status)
            }
        }
    }

    /// The number of the row that was inserted last.
    var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Makes all changes of `body` or none.
    ///
    /// IMMEDIATE takes the write lock at once: a transaction that starts by reading and then writes could not wait for
    /// another writer, but would fail with SQLITE_BUSY whatever the time-out.
    func transaction(_ body: () throws(LedgerError) -> Void) throws(LedgerError) {
        try rows("BEGIN IMMEDIATE")
        do throws(LedgerError) {
            try body()
            try rows("COMMIT")
        } catch {
            // SQLite may have rolled back by itself, after a full disk for one; then this fails, and the first error counts.
            _ = try? rows("ROLLBACK")
            throw error
        }
    }

    private func check(_ status: Int32) throws(LedgerError) {
        guard status != SQLITE_OK else { return }
        throw LedgerError(sqlite: status, String(cString: sqlite3_errmsg(handle)), path: path)
    }
}
