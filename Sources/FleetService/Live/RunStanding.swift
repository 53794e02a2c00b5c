package import FleetBase
package import FleetLedger

/// A run with how far it is and when it should end.
package struct RunStanding: Sendable {
    package let run: Run
    package let isAbandoned: Bool
    package let progress: Ledger.Progress
    /// As the queue told it last; nil when nothing waits.
    package let queue: QueueBoard.Told?

    package init(_ run: Run, isAbandoned: Bool, _ progress: Ledger.Progress, queue: QueueBoard.Told?) {
        (self.run, self.isAbandoned, self.progress, self.queue) = (run, isAbandoned, progress, queue)
    }

    package init(_ run: Run, isAbandoned: Bool, _ service: FleetService, _ board: QueueBoard) async throws {
        guard let ledger = try await service.knownLedger() else { preconditionFailure("a run is in a ledger") }
        let isRunning = run.state == .running && !isAbandoned
        self.init(
            run, isAbandoned: isAbandoned, try await ledger.progress(of: run.id),
            queue: isRunning ? try await board.latest(of: run.id, service) : nil)
    }

    /// The latest runs, the newest first.
    package static func latest(
        _ count: Int, _ service: FleetService, _ board: QueueBoard
    ) async throws -> [RunStanding] {
        var standings: [RunStanding] = []
        for summary in try await service.ask(RunsQuery(limit: count)) {
            standings.append(try await RunStanding(summary.run, isAbandoned: summary.isAbandoned, service, board))
        }
        return standings
    }

    package var isRunning: Bool { run.state == .running && !isAbandoned }
    package var waiting: Int { max(0, progress.tasks - progress.done - progress.running - progress.failed) }

    /// Why tasks wait, as the queue told last, each reason with its number; without numbers where the queue told of
    /// another moment than the ledger's, which they would contradict.
    package var reasons: [(reason: Message, count: Int?)] {
        guard isRunning, waiting > 0, let told = queue?.state.waiting else { return [] }
        let isOfNow = told.reduce(0) { $0 + $1.count } == waiting
        return told.map { ($0.reason, isOfNow ? $0.count : nil) }
    }

    /// When it should end, by what its tasks took so far, to the next ten seconds; nil when nobody knows yet.
    package func end(at now: Timestamp = .now) -> Timestamp? {
        guard isRunning, let usual = progress.usual, progress.running > 0 else { return nil }
        let left = Double(waiting) + Double(progress.running) / 2
        let end = now.adding(.milliseconds(Int64(min(1e12, left * usual.seconds * 1000 / Double(progress.running)))))
        return Timestamp(milliseconds: (end.milliseconds / 10_000 + 1) * 10_000)
    }
}
