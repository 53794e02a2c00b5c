package import FleetBase
package import FleetEvents
import FleetLedger

/// What there is to see of a project at one moment: hosts, runs, what runs where, and what happened last.
package struct ProjectSnapshot: Sendable {
    /// A task that runs.
    package struct Work: Sendable, Hashable {
        /// The run's name.
        package let run: String
        package let task: String
        package let host: HostName
        package let since: Timestamp

        package init(run: String, task: String, host: HostName, since: Timestamp) {
            (self.run, self.task, self.host, self.since) = (run, task, host, since)
        }
    }

    package var hosts: [HostFigures] = []
    /// The hosts that have another version of a package than the one that was built here last.
    package var outdated: Set<HostName> = []
    /// The newest first.
    package var runs: [RunStanding] = []
    package var work: [Work] = []
    /// In their order; whoever follows them adds them.
    package var events: [Event] = []

    /// So many runs that have ended are of interest.
    private static let mostRuns = 20

    package init() {}

    /// Reads what is known now, without events.
    package init(_ service: FleetService, _ watch: HostWatch, _ queues: QueueBoard) async throws {
        let board = try await HostBoard(service, watch)
        hosts = board.hosts
        outdated = Set(board.hosts.filter(board.hasDrift).map(\.host.name))
        runs = try await RunStanding.latest(Self.mostRuns, service, queues)
        let running = try await service.knownLedger()?.work() ?? []
        work = running.map { attempt, run, task in
            Work(run: run.text, task: task, host: attempt.host, since: attempt.started ?? .now)
        }
    }
}
