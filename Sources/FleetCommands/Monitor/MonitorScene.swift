import FleetBase
import FleetEvents
import FleetLedger
import FleetService

/// What there is to see at one moment: hosts, runs, what runs where, and what happened last.
struct MonitorScene: Sendable {
    /// A task that runs.
    struct Work: Sendable, Hashable {
        let run: RunID
        let task: String
        let host: HostName
        let since: Timestamp
    }

    var hosts: [HostFigures] = []
    /// The hosts that have another version of a package than the one that was built here last.
    var outdated: Set<HostName> = []
    /// The newest first.
    var runs: [RunStanding] = []
    var work: [Work] = []
    /// In their order.
    var events: [Event] = []

    /// So many runs that have ended are of interest.
    private static let mostRuns = 20

    init() {}

    /// Reads what is known now; events are added as they come.
    init(_ service: FleetService, _ watch: HostWatch, _ queues: QueueBoard) async throws {
        let board = try await HostBoard(service, watch)
        hosts = board.hosts
        outdated = Set(board.hosts.filter(board.hasDrift).map(\.host.name))
        runs = try await RunStanding.latest(Self.mostRuns, service, queues)
        work = try await service.knownLedger()?.work().map { attempt, run, task in
            Work(run: run, task: task, host: attempt.host, since: attempt.started ?? .now)
        } ?? []
    }
}
