package import FleetBase

extension Ledger {
    /// The latest runs, the newest first: by the order in which they were written down, since a clock may be set back.
    package func runs(limit: Int) throws(LedgerError) -> [Run] {
        try all("SELECT * FROM run ORDER BY sequence DESC LIMIT ?", [SQLValue(limit)], Run.init)
    }

    /// The run with a name, with the only name that starts so, or the `last` one.
    package func run(_ name: String) throws(LedgerError) -> Run {
        let matches =
            name == "last"
            ? try runs(limit: 1)
            : try all(
                "SELECT * FROM run WHERE substr(id, 1, length(?1)) = ?1 ORDER BY sequence DESC LIMIT 5",
                [.text(name)],
                Run.init)
        if let run = matches.first, matches.count == 1 || run.id.text == name { return run }
        throw try unknownRun(name, matches: matches.map(\.id.text))
    }

    /// The tasks of a run, in its order.
    package func tasks(of run: RunID) throws(LedgerError) -> [LedgerTask] {
        try all("SELECT * FROM task WHERE run = ? ORDER BY position", [.text(run.text)], LedgerTask.init)
    }

    /// The names of a run's tasks, by their ids.
    package func taskNames(of run: RunID) throws(LedgerError) -> [String: String] {
        var names: [String: String] = [:]
        for row in try query("SELECT id, name FROM task WHERE run = ?", [.text(run.text)]) {
            names[try row.text("id")] = try row.text("name")
        }
        return names
    }

    /// The attempts of one task, by number.
    package func attempts(ofTask task: String) throws(LedgerError) -> [Attempt] {
        try all("SELECT * FROM attempt WHERE task = ? ORDER BY number", [.text(task)], Attempt.init)
    }

    /// How many tasks a run has, and how many of them are done.
    package func counts(of run: RunID) throws(LedgerError) -> (tasks: Int, done: Int) {
        let row = try query(
            """
            SELECT count(*) AS tasks, count(attempt.task) AS done
            FROM task LEFT JOIN attempt ON attempt.task = task.id AND attempt.state = 'done' WHERE task.run = ?
            """, [.text(run.text)])[0]
        return (Int(try row.integer("tasks")), Int(try row.integer("done")))
    }

    /// How far a run is.
    package struct Progress: Sendable, Hashable {
        package let tasks: Int
        package let done: Int
        /// Those that hosts work on.
        package let running: Int
        /// Those that were tried in vain, and that nobody works on.
        package let failed: Int
        /// Those of the done that an earlier run had done: this one took their results.
        package let reused: Int
        /// How long a success takes on the average; nil before the first one.
        package let usual: Duration?

        package init(tasks: Int, done: Int, running: Int, failed: Int, reused: Int = 0, usual: Duration?) {
            (self.tasks, self.done, self.running, self.failed) = (tasks, done, running, failed)
            (self.reused, self.usual) = (reused, usual)
        }
    }

    package func progress(of run: RunID) throws(LedgerError) -> Progress {
        let row = try query(
            """
            SELECT count(*) AS tasks, coalesce(sum(done), 0) AS done,
                coalesce(sum(open AND NOT done), 0) AS running,
                coalesce(sum(failed AND NOT done AND NOT open), 0) AS failed,
                coalesce(sum(reused), 0) AS reused, CAST(round(avg(took)) AS INTEGER) AS usual
            FROM (
                SELECT coalesce(max(attempt.state = 'done'), 0) AS done,
                    coalesce(max(attempt.state IN ('sent', 'running')), 0) AS open,
                    coalesce(max(attempt.state IN ('failed', 'lost')), 0) AS failed,
                    coalesce(max(attempt.state = 'done' AND attempt.ended <= run.started), 0) AS reused,
                    max(CASE attempt.state WHEN 'done' THEN
                        (julianday(attempt.ended) - julianday(attempt.started)) * 86400000 END) AS took
                FROM task JOIN run ON run.id = task.run LEFT JOIN attempt ON attempt.task = task.id
                WHERE task.run = ? GROUP BY task.id
            )
            """, [.text(run.text)])[0]
        return Progress(
            tasks: Int(try row.integer("tasks")), done: Int(try row.integer("done")),
            running: Int(try row.integer("running")), failed: Int(try row.integer("failed")),
            reused: Int(try row.integer("reused")),
            usual: row.optionalInteger("usual").map { .milliseconds($0) })
    }

    /// What runs that have not ended do on hosts now: the attempt, its run and the name of its task.
    package func work() throws(LedgerError) -> [(attempt: Attempt, run: RunID, task: String)] {
        try all(
            """
            SELECT attempt.*, task.run AS run, task.name AS name
            FROM attempt JOIN task ON task.id = attempt.task JOIN run ON run.id = task.run
            WHERE attempt.state IN ('sent', 'running') AND run.state = 'running'
            ORDER BY run.sequence, task.position, attempt.number
            """, []
        ) { row throws(LedgerError) in
            (try Attempt(row), RunID(try row.text("run")), try row.text("name"))
        }
    }

    /// All attempts of a run, by task and number.
    package func attempts(of run: RunID) throws(LedgerError) -> [Attempt] {
        try all(
            """
            SELECT attempt.* FROM attempt JOIN task ON task.id = attempt.task
            WHERE task.run = ? ORDER BY task.position, attempt.number
            """, [.text(run.text)], Attempt.init)
    }

    /// Attempts that nobody knows the end of, of every run: after a crash they are looked up on their hosts.
    package func openAttempts() throws(LedgerError) -> [Attempt] {
        try all(
            """
            SELECT * FROM attempt WHERE state IN ('planned', 'sent', 'running', 'lost') ORDER BY planned, task, number
            """, [], Attempt.init)
    }

    /// The latest success of the same work in any run: a resumed task file does not repeat it.
    package func success(of key: Digest) throws(LedgerError) -> Attempt? {
        try all(
            """
            SELECT attempt.* FROM attempt JOIN task ON task.id = attempt.task JOIN run ON run.id = task.run
            WHERE task.key = ? AND attempt.state = 'done' ORDER BY run.sequence DESC, attempt.ended DESC LIMIT 1
            """, [.text(key.hex)], Attempt.init
        ).first
    }

    /// How long the same work took on the average, where it succeeded; by its key.
    package func usualDurations() throws(LedgerError) -> [String: Duration] {
        var found: [String: Duration] = [:]
        let rows = try query(
            """
            SELECT task.key AS key,
                CAST(avg((julianday(attempt.ended) - julianday(attempt.started)) * 86400000) AS INTEGER) AS milliseconds
            FROM attempt JOIN task ON task.id = attempt.task
            WHERE attempt.state = 'done' AND attempt.started IS NOT NULL GROUP BY task.key
            """)
        for row in rows { found[try row.text("key")] = .milliseconds(row.optionalInteger("milliseconds") ?? 0) }
        return found
    }

    /// Runs that have not ended and have tasks that a run has yet to do: the same by their keys.
    ///
    /// - Returns: with the names that the tasks have there, in their order.
    func others(doing run: RunID) throws(LedgerError) -> [(run: RunID, names: [String])] {
        let rows = try query(
            """
            SELECT DISTINCT other.run AS run, other.position AS position, other.name AS name
            FROM task AS mine JOIN task AS other ON other.key = mine.key JOIN run ON run.id = other.run
            WHERE mine.run = ?1 AND other.run != ?1 AND run.state = 'running'
                AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.task = mine.id AND attempt.state = 'done')
            ORDER BY run.sequence, other.position
            """, [.text(run.text)])
        var found: [(run: RunID, names: [String])] = []
        for row in rows {
            let (other, name) = (RunID(try row.text("run")), try row.text("name"))
            if found.last?.run == other {
                found[found.count - 1].names.append(name)
            } else {
                found.append((other, [name]))
            }
        }
        return found
    }

    func all<Value>(
        _ sql: String, _ values: [SQLValue], _ make: (Row) throws(LedgerError) -> Value
    ) throws(LedgerError) -> [Value] {
        var found: [Value] = []
        for row in try query(sql, values) { found.append(try make(row)) }
        return found
    }

    private func unknownRun(_ name: String, matches: [String]) throws(LedgerError) -> LedgerError {
        guard matches.isEmpty else {
            let names = matches.joined(separator: ", ")
            return LedgerError(.unknownRun, Message("several runs start with \"\(name)\": \(names)"))
        }
        let recent = try runs(limit: 200).map(\.id.text)
        guard !recent.isEmpty else { return .noRuns }
        guard let nearest = Similarity.nearest(to: name, among: recent + ["last"]) else {
            return LedgerError(.unknownRun, Message("unknown run \"\(name)\""))
        }
        return LedgerError(.unknownRun, Message("unknown run \"\(name)\", did you mean \"\(nearest)\"?"))
    }
}
