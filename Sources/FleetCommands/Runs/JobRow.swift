import FleetBase
import FleetConfig
import FleetRuns
import FleetTerminal

/// A job on a host, and what becomes of it.
struct JobRow {
    enum Fate: String {
        case removed
        /// It should have gone, and its host has not seen that it has.
        case notRemoved = "not-removed"
        /// A fleet of this project works on its run.
        case inUse = "in-use"
        /// Its run can be resumed.
        case resumable
        /// This project's ledger knows nothing of it.
        case foreign
    }

    let host: HostName
    let job: RemoteJob
    var fate: Fate

    /// - Parameter seen: what each host said of its jobs.
    static func show(
        _ rows: [JobRow], seen: [HostOutcome<[RemoteJob]>], dryRun: Bool, json: Bool, _ console: Console
    ) throws {
        if json {
            return try console.json([
                "jobs": rows.map { row in
                    JSONValue.object([
                        "host": .string(row.host.text), "job": .string(row.job.id),
                        "state": .string(row.job.state.rawValue), "fate": .string(row.fate.rawValue),
                        "idle_seconds": JSONValue(row.job.age.seconds),
                        "removed": .bool(row.fate == .removed && !dryRun),
                    ])
                }
            ])
        }
        guard !rows.isEmpty else {
            return console.tellNothing(Message("there is nothing left on the hosts"), of: seen)
        }
        var table = Table([
            (Message("HOST"), .left), (Message("JOB"), .left), (Message("STATE"), .left),
            (Message("WHAT BECOMES OF IT"), .left),
        ])
        for row in rows {
            table.add([
                .init(row.host.text), .init(row.job.id), .init(console.text(row.job.state.words)),
                .init(console.text(row.fate.words(dryRun))),
            ])
        }
        console.table(table)
    }
}

extension [JobRow] {
    /// Removes what is to go, and tells of all.
    ///
    /// - Parameter seen: what each host said of its jobs.
    func remove(
        on hosts: [Host], seen: [HostOutcome<[RemoteJob]>], _ session: Session, dryRun: Bool, json: Bool
    ) async throws {
        let doomed = Dictionary(grouping: filter { $0.fate == .removed }, by: \.host).mapValues { $0.map(\.job.id) }
        let removal = dryRun ? [] : await session.fleet.discard(doomed, on: hosts)
        let rows = dryRun ? self : after(removal)
        try JobRow.show(rows, seen: seen, dryRun: dryRun, json: json, session.console)
        let failures = removal.flatMap(\.failures)
        session.report(seen)
        session.console.failures(failures)
        try session.end(seen.map(\.failure) + failures.map(\.failure))
    }

    /// Removed is what its host has seen to be gone.
    private func after(_ removal: [HostOutcome<DiscardedJobs>]) -> [JobRow] {
        let gone = Dictionary(removal.map { ($0.host, $0.value?.removed ?? []) }) { first, _ in first }
        return map { row in
            var row = row
            if row.fate == .removed, gone[row.host]?.contains(row.job.id) != true { row.fate = .notRemoved }
            return row
        }
    }
}

extension HostOutcome<DiscardedJobs> {
    /// Why something of it is still there.
    var failures: [(host: HostName, failure: Failure)] {
        [failure, value?.failure].compactMap(\.self).map { (host, $0) }
    }
}

extension RemoteJob.State {
    fileprivate var words: Message {
        switch self {
        case .running: Message("running")
        case .ended: Message("ended")
        case .dead: Message("dead")
        }
    }
}

extension JobRow.Fate {
    fileprivate func words(_ dryRun: Bool) -> Message {
        switch self {
        case .removed: dryRun ? Message("would be removed") : Message("removed")
        case .notRemoved: Message("could not be removed")
        case .inUse: Message("kept: a fleet is at work on its run")
        case .resumable: Message("kept: fleet runs resume takes it up")
        case .foreign: Message("kept: another master's; --foreign removes it")
        }
    }
}
