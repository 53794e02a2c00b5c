import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger

/// fleet's own queue, over SSH: every host of the run takes as many tasks as it has slots.
struct QueueBackend: RunBackend {
    func hosts(in inventory: Inventory, chosen: () throws -> [Host]) throws -> [Host] { try chosen() }

    func check(_ tasks: [TaskDefinition]) {}

    func start(_ work: QueueWork, in fleet: Fleet) async throws(LedgerError) -> any StartedRun {
        let queue = try await TaskQueue(
            fleet, work.run, work.tasks, on: work.hosts, ledger: work.ledger, options: work.options, tell: work.tell)
        for attempt in queue.history.unsent {
            var attempt = attempt
            attempt.state = .cancelled
            attempt.ended = .now
            try await work.ledger.record(attempt)
        }
        return queue
    }

    func cancel(_ run: RunID, _ attempts: [Attempt], in fleet: Fleet) async -> [HostOutcome<DiscardedJobs>] {
        let open = Dictionary(grouping: attempts.filter { !$0.state.isFinal }, by: \.host)
        return await fleet.discard(open.mapValues { $0.map(\.id) }, on: fleet.inventory.hosts)
    }
}
