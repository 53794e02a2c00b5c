import FleetBase

/// The tables of the ledger, as the steps that made them; `user_version` counts the steps that a file has seen.
enum Schema {
    /// Only ever add to the end: files out there have seen the others.
    static let migrations = [
        """
        CREATE TABLE run (
            id TEXT PRIMARY KEY, started TEXT NOT NULL, ended TEXT, command TEXT NOT NULL, package TEXT, version TEXT,
            state TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE task (
            id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, position INTEGER NOT NULL,
            name TEXT NOT NULL, key TEXT NOT NULL, package_digest TEXT, parameters TEXT NOT NULL, needs TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX task_run ON task (run, position);
        CREATE INDEX task_key ON task (key);
        CREATE TABLE attempt (
            task TEXT NOT NULL REFERENCES task ON DELETE CASCADE, number INTEGER NOT NULL, host TEXT NOT NULL,
            engine TEXT, method TEXT, state TEXT NOT NULL, exit INTEGER, signal INTEGER, planned TEXT NOT NULL,
            started TEXT, ended TEXT, metrics TEXT, resources TEXT, result_digest TEXT, results TEXT, trailer TEXT,
            failure_class TEXT, failure_message TEXT, failure_hint TEXT,
            PRIMARY KEY (task, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX attempt_state ON attempt (state);
        CREATE TABLE event (
            id INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, time TEXT NOT NULL, host TEXT,
            kind TEXT NOT NULL, text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX event_run ON event (run, id);
        """,
        // What a task is, so that another master can take it up; and that no task ever has two results.
        """
        ALTER TABLE task ADD COLUMN spec TEXT;
        ALTER TABLE run ADD COLUMN hosts TEXT;
        CREATE UNIQUE INDEX attempt_result ON attempt (task) WHERE state = 'done';
        """,
        // Who hands out the tasks, when it is not fleet's own queue.
        "ALTER TABLE run ADD COLUMN engine TEXT",
        // Which run is the newest, whatever the clock says.
        """
        ALTER TABLE run ADD COLUMN sequence INTEGER;
        UPDATE run SET sequence = numbered.place
            FROM (SELECT id, row_number() OVER (ORDER BY started, id) AS place FROM run) AS numbered
            WHERE numbered.id = run.id;
        CREATE UNIQUE INDEX run_sequence ON run (sequence);
        """,
        // What operations tell, in the order in which it was written down. AUTOINCREMENT: a number is never used again.
        """
        DROP TABLE event;
        CREATE TABLE feed (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, operation TEXT NOT NULL, run TEXT,
            host TEXT, task TEXT, kind TEXT NOT NULL, detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX feed_run ON feed (run, sequence) WHERE run IS NOT NULL;
        CREATE TABLE feed_epoch (epoch TEXT NOT NULL) STRICT;
        INSERT INTO feed_epoch VALUES (lower(hex(randomblob(4))));
        """,
        // The failure as its sentences' templates with their values, which every reader has in a language of its own.
        "ALTER TABLE attempt ADD COLUMN failure TEXT",
    ]

    /// Brings a file up to this program's tables.
    static func migrate(_ database: borrowing Database, path: String) throws(LedgerError) {
        guard try version(of: database, path: path) < migrations.count else { return }
        try database.transaction { () throws(LedgerError) in
            // Asked again inside: another process may have migrated while this one waited for the lock.
            for (index, script) in migrations.enumerated().dropFirst(try version(of: database, path: path)) {
                try database.execute(script: script)
                try database.execute(script: "PRAGMA user_version = \(index + 1)")
            }
        }
    }

    private static func version(of database: borrowing Database, path: String) throws(LedgerError) -> Int {
        let version = Int(try database.rows("PRAGMA user_version")[0].integer("user_version"))
        guard version <= migrations.count else {
            throw LedgerError(
                .newer, Message("\(path) was written by a newer fleet"), hint: Message("update fleet on this machine"))
        }
        return version
    }
}
