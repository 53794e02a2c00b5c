package import FleetBase
import Glibc

/// What fleet did and what came of it: runs, tasks, attempts and the feed of events in one SQLite file.
///
/// Every call that writes is on disk when it returns, as far as a killed process goes. With WAL and
/// synchronous=NORMAL a power cut can take the last commits with it, never the file's consistency; the hosts still have
/// what those commits told of. Several processes may use one file: readers never wait, writers wait for each other.
package actor Ledger {
    let database: Database
    private let path: String
    private let identity: FileIdentity?
    /// See ``feedEpoch``, which is asked for with every event and never changes.
    var knownEpoch: String?
    /// SQLite blocks, so it does not run on the threads that everything else shares.
    private let executor = QueueExecutor(label: "fleet.ledger")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens the file, or makes it with its folder; blocks while another process migrates it.
    package init(path: String, busyTimeout: Duration = .seconds(30)) throws(LedgerError) {
        mkdir(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".", 0o755)
        let database = try Database.open(path, busyTimeout: busyTimeout)
        try database.rows("PRAGMA journal_mode = WAL")
        try database.rows("PRAGMA synchronous = NORMAL")
        try database.rows("PRAGMA foreign_keys = ON")
        // What is forgotten does not stay in the file until something else is written there.
        try database.rows("PRAGMA secure_delete = FAST")
        try Schema.migrate(database, path: path)
        self.database = database
        self.path = path
        identity = FileIdentity(path)
    }

    /// Writes a run down before anything of it is sent.
    ///
    /// - Parameters:
    ///   - attempts: what of it another run has done.
    ///   - isAtWork: whether a master works on a run now. One that does the same tasks keeps this one from beginning.
    package func begin(
        _ run: Run, tasks: [LedgerTask] = [], attempts: [Attempt] = [],
        unless isAtWork: @Sendable (RunID) -> Bool = { _ in false }
    ) throws(LedgerError) {
        try database.transaction { () throws(LedgerError) in
            try database.rows(
                """
                INSERT INTO run (id, started, ended, command, package, version, state, hosts, engine, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(sequence), 0) + 1 FROM run))
                """,
                [
                    .text(run.id.text), SQLValue(run.started), SQLValue(run.ended), .text(run.command),
                    SQLValue(run.package), SQLValue(run.version), .text(run.state.rawValue),
                    .text(run.hosts.joined(separator: ",")), SQLValue(run.engine),
                ])
            for task in tasks { try insert(task) }
            for attempt in attempts { try record(attempt) }
            try checkAlone(run.id, isAtWork)
        }
    }

    /// Takes a parameter's value out of what is written down of the tasks of runs that have ended.
    package func forget(parameter: String, of runs: [String]) throws(LedgerError) {
        for run in runs {
            try database.rows(
                """
                UPDATE task SET parameters = json_replace(parameters, ?1, ''), spec = json_replace(spec, ?2, '')
                WHERE run = (SELECT id FROM run WHERE id = ?3 AND ended IS NOT NULL)
                """, [.text("$.\"\(parameter)\""), .text("$.parameters.\"\(parameter)\""), .text(run)])
        }
    }

    /// Writes an attempt down as it stands now.
    ///
    /// One that is done, failed or cancelled never opens again: what arrives late from a connection that was given up
    /// changes nothing.
    package func record(_ attempt: Attempt) throws(LedgerError) {
        try database.rows(
            """
            INSERT INTO attempt (task, number, host, engine, method, state, exit, signal, planned, started, ended,
                metrics, resources, result_digest, results, trailer, failure_class, failure_message, failure_hint, failure)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (task, number) DO UPDATE SET engine = excluded.engine, method = excluded.method,
                state = excluded.state, exit = excluded.exit,
                signal = excluded.signal, started = excluded.started, ended = excluded.ended,
                metrics = excluded.metrics, resources = excluded.resources, result_digest = excluded.result_digest,
                results = excluded.results, trailer = excluded.trailer, failure_class = excluded.failure_class,
                failure_message = excluded.failure_message, failure_hint = excluded.failure_hint,
                failure = excluded.failure
            WHERE attempt.state NOT IN ('done', 'failed', 'cancelled') OR attempt.state = excluded.state
            """, attempt.values)
    }

    /// Writes the end of an attempt down, and has its results put where those of the task belong: of attempts that end at
    /// the same time, under one master or under two, one after the other, since the transaction keeps everybody else out.
    ///
    /// - Parameter place: puts the results there, in a moment; gives back why it could not.
    /// - Returns: `tooLate`, and nothing was put anywhere or written, when another attempt of the task has a result or
    ///   this one has another end already.
    package func settle(
        _ attempt: Attempt, placing place: @Sendable () -> Failure?
    ) throws(LedgerError) -> Settlement {
        var settlement = Settlement.settled
        try database.transaction { () throws(LedgerError) in
            let better = try database.rows(
                """
                SELECT * FROM attempt WHERE task = ?1 AND (CASE number WHEN ?2
                    THEN state IN ('done', 'failed', 'cancelled') AND state != ?3 ELSE state = 'done' END)
                """, [.text(attempt.task), SQLValue(attempt.number), .text(attempt.state.rawValue)])
            guard better.isEmpty else {
                let attempts = try better.map { row throws(LedgerError) in try Attempt(row) }
                settlement = .tooLate(attempts.first { $0.state == .done })
                return
            }
            if let problem = place() {
                settlement = .unplaced(problem)
                return
            }
            try record(attempt)
        }
        return settlement
    }

    /// Takes back results that turned out to be none, by the tasks' ids: all of them or, when it throws, none.
    package func refute(_ tasks: [String: Failure]) throws(LedgerError) {
        try database.transaction { () throws(LedgerError) in
            for (task, failure) in tasks {
                try database.rows(
                    """
                    UPDATE attempt SET state = 'failed', failure_class = ?, failure_message = ?, failure_hint = ?,
                        failure = ?
                    WHERE task = ? AND state = 'done'
                    """,
                    failure.values + [.text(task)])
            }
        }
    }

    /// A run that ended, or whose master did, goes on.
    ///
    /// - Parameter isAtWork: as ``begin(_:tasks:attempts:unless:)`` has it.
    package func reopen(
        _ run: RunID, unless isAtWork: @Sendable (RunID) -> Bool = { _ in false }
    ) throws(LedgerError) {
        try database.transaction { () throws(LedgerError) in
            try checkAlone(run, isAtWork)
            try database.rows("UPDATE run SET state = 'running', ended = NULL WHERE id = ?", [.text(run.text)])
        }
    }

    package func finish(_ run: RunID, _ state: Run.State, at time: Timestamp = .now) throws(LedgerError) {
        try database.rows(
            "UPDATE run SET state = ?1, ended = ?2 WHERE id = ?3 AND (state != ?1 OR ended IS NULL)",
            [.text(state.rawValue), SQLValue(time), .text(run.text)])
    }

    /// Whether the file is still the one that was opened.
    package nonisolated var isInPlace: Bool { FileIdentity(path) == identity }

    /// - Throws: when the file is not the one that was opened: what was written since is in no file.
    package func checkPlace() throws(LedgerError) {
        guard !isInPlace else { return }
        throw LedgerError(
            .file, Message("\(path) was removed or replaced while fleet was at work: it does not have this run"),
            hint: Message("the results are below .fleet/results; what is left on hosts: fleet runs reap --dry-run"))
    }

    /// In a transaction that can still be taken back, so that of two that begin at once one sees the other.
    private func checkAlone(_ run: RunID, _ isAtWork: (RunID) -> Bool) throws(LedgerError) {
        for (other, names) in try others(doing: run) where isAtWork(other) {
            let list = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " …" : "")
            throw LedgerError(
                .locked, Message("the run \(other.text) does the same tasks now: \(list)"),
                hint: Message("watch it with: fleet runs attach \(other.text)"))
        }
    }

    func query(_ sql: String, _ values: [SQLValue] = []) throws(LedgerError) -> [Row] {
        try database.rows(sql, values)
    }

    private func insert(_ task: LedgerTask) throws(LedgerError) {
        try database.rows(
            """
            INSERT INTO task (id, run, position, name, key, package_digest, parameters, needs, spec)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(task.id), .text(task.run.text), SQLValue(task.position), .text(task.name), .text(task.key.hex),
                SQLValue(task.packageDigest?.hex), SQLValue(task.parameters), SQLValue(task.needs), SQLValue(task.spec),
            ])
    }
}
