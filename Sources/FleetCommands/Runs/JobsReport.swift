import FleetBase
import FleetRuns
import FleetService
import FleetTerminal
import FleetViews

/// What became of the jobs on hosts, as `--json` and the table show it.
struct JobsReport {
    private let found: HostJobs

    init(_ found: HostJobs) { self.found = found }

    /// - Returns: how each host fared.
    func show(json: Bool, _ console: Console) throws -> [Failure?] {
        if json { try console.json(JobsView(found)) } else { showTable(console) }
        let failures = found.removal.flatMap(\.failures)
        console.failures(of: found.seen)
        console.failures(failures)
        return found.seen.map(\.failure) + failures.map(\.failure)
    }

    private func showTable(_ console: Console) {
        guard !found.jobs.isEmpty else {
            return console.tellNothing(Message("there is nothing left on the hosts"), of: found.seen)
        }
        var table = Table(
            [
                (Message("HOST"), .left), (Message("JOB"), .left), (Message("STATE"), .left),
                (Message("WHAT HAPPENS"), .left),
            ], thrift: Table.Thrift(cutting: [3], dropping: [3]))
        for job in found.jobs {
            table.add([
                .init(job.host.text), .init(job.job.id), .init(console.text(job.job.state.words)),
                .init(console.text(job.fate.words(found.isDryRun))),
            ])
        }
        console.table(table)
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

extension HostJob.Fate {
    fileprivate func words(_ isDryRun: Bool) -> Message {
        switch self {
        case .removed: isDryRun ? Message("would be removed") : Message("removed")
        case .notRemoved: Message("could not be removed")
        case .inUse: Message("kept: its run is being worked on")
        case .resumable: Message("kept: fleet runs resume takes it up")
        case .foreign: Message("kept: another master's; --foreign removes it")
        }
    }
}
