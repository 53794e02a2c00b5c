package import FleetBase
import FleetConfig
import FleetHosts
package import FleetLedger

/// Asks for what the workers of a run wrote, as it came home.
package struct LogsQuery: Query {
    /// A run's name, the beginning of it, or `last`.
    package var run: String
    /// Only the logs of these hosts; all when empty.
    package var hosts: [String]

    package init(_ run: String, hosts: [String] = []) { (self.run, self.hosts) = (run, hosts) }

    package struct Answer: Sendable {
        package let run: RunID
        package let logs: [AttemptLog]
    }

    package func answer(by service: FleetService) async throws -> Answer {
        let (ledger, run) = try await service.run(named: run)
        let names = try await ledger.taskNames(of: run.id)
        let attempts = try await ledger.attempts(of: run.id).written(by: hosts)
        let folders = attempts.map { service.project.resultsFolder(of: $0, in: run.id) }
        // Where a host has made several attempts, the last one has written what lies there.
        let own = attempts.indices.filter { !folders[($0 + 1)...].contains(folders[$0]) }
        let logs = await ThreadExecutor.disk.run {
            own.map { AttemptLog(attempts[$0], task: names[attempts[$0].task] ?? "", folder: folders[$0]) }
        }
        return Answer(run: run.id, logs: logs)
    }
}

/// The two streams of one attempt.
package struct AttemptLog: Sendable {
    package let host: HostName
    /// The name of the task.
    package let task: String
    /// Its number, from 1.
    package let attempt: Int
    /// Whether anything came home.
    package let isHome: Bool
    package let output: String
    package let error: String

    init(_ attempt: Attempt, task: String, folder: String) {
        host = attempt.host
        self.task = task
        self.attempt = attempt.number
        let streams = ["stdout", "stderr"].map { Disk.text("\(folder)/\($0)") }
        isHome = streams.contains { $0 != nil }
        output = streams[0] ?? ""
        error = streams[1] ?? ""
    }
}

extension [Attempt] {
    /// Those of some hosts.
    ///
    /// - Throws: for a host that the run has nothing of.
    func written(by hosts: [String]) throws(QueryError) -> [Attempt] {
        for host in hosts where !contains(where: { $0.host.text == host }) {
            let names = Set(map(\.host.text)).sorted().joined(separator: ", ")
            throw QueryError(
                Message("the run has nothing of \(host)"),
                hint: names.isEmpty ? nil : Message("there are: \(names)"))
        }
        return hosts.isEmpty ? self : filter { hosts.contains($0.host.text) }
    }
}

extension Project {
    /// Where an attempt's results are: where they were written, or where they lie now that the project was moved.
    func resultsFolder(of attempt: Attempt, in run: RunID) -> String {
        let own = "\(workFolder)/results/\(run)/\(attempt.host)"
        guard let written = attempt.results, Disk.exists(written) else { return own }
        return written
    }
}
