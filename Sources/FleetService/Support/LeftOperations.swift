package import FleetBase
package import FleetEvents
package import FleetLedger
import FleetRuns
import Glibc

/// An operation whose process was killed before it could tell the end.
package struct LeftOperation: Sendable {
    package let id: OperationID
    package let name: String
    package let command: String?
    package let started: Timestamp
    /// The event before its first one; nil when the feed has none of it.
    package let place: EventSequence?
    /// The run that it began, or went on with, if that has not ended.
    package let run: RunID?
}

extension FleetService {
    /// The operations that nobody performs any more though the feed has no end of them, the first one first. For a run of
    /// which the feed does not know the operation there is a new one, which goes on with it.
    ///
    /// - Parameter prefix: how their commands begin.
    package func leftOperations(prefix: String) async throws -> [LeftOperation] {
        guard let feed = bus.feed, let ledger = try await knownLedger() else { return [] }
        var runs: [OperationID: RunID] = [:]
        var others: [Run] = []
        let open = try await feed.openOperations().filter { $0.hasCommand(beginningWith: prefix) }
        for run in try await ledger.runs(limit: 200).reversed() where project.isAbandoned(run) {
            let operation = try await ledger.operation(workingOn: run.id).flatMap { OperationID(reading: $0) }
            if let operation, open.contains(where: { $0.operation == operation }) {
                runs[operation] = run.id
            } else if run.command.hasPrefix(prefix) {
                others.append(run)
            }
        }
        let left = open.compactMap { LeftOperation($0, runs[$0.operation], isPerformed: isPerformed) }
        return left + others.map { LeftOperation(resuming: $0, prefix) }
    }

    /// Whether the operation is this process's own, or another process of that number is there. In a container a server has
    /// the same number each time.
    private func isPerformed(_ operation: OperationID, _ process: Int32) -> Bool {
        operations.contains(operation) || process != getpid() && (kill(process, 0) == 0 || errno == EPERM)
    }

    /// Tells the end of an operation that was left.
    package func end(_ left: LeftOperation, because reason: Message) {
        bus.publish(Event(operation: left.id, .remark(reason)))
        let end = Event.OperationEnd(.failed, after: Timestamp.now.duration(since: left.started))
        bus.publish(Event(operation: left.id, .operationEnded(end)))
    }
}

extension FleetService {
    /// Takes a parameter's value out of the ledger, for the runs of an operation that has ended.
    ///
    /// - Parameter runs: those that are known beside the feed, which has an end.
    /// - Returns: all of them.
    package func forget(parameter: String, of operation: String?, runs: [String]) async throws -> [String] {
        guard let ledger = try await knownLedger() else { return [] }
        var all = runs
        if let operation { all += try await ledger.runs(of: operation) }
        try await ledger.forget(parameter: parameter, of: all)
        return all
    }
}

extension FleetService {
    /// Ends a run with which nobody goes on, and tells the end of its operation.
    package func cancelLeft(_ run: RunID, of left: LeftOperation, because reason: Message) async throws {
        defer { end(left, because: reason) }
        _ = try await start(CancelRunOperation(run.text), command: left.command).result
    }
}

extension LeftOperation {
    /// - Parameter run: one on which nobody works, so nobody performs its operation either.
    fileprivate init?(_ event: Event, _ run: RunID?, isPerformed: (OperationID, Int32) -> Bool) {
        guard case .operationStarted(let start) = event.kind,
            run != nil || !isPerformed(event.operation, start.process)
        else { return nil }
        let place = event.sequence.map { EventSequence(epoch: $0.epoch, number: $0.number - 1) }
        self.init(
            id: event.operation, name: start.name, command: start.command, started: event.time, place: place, run: run)
    }

    fileprivate init(resuming run: Run, _ prefix: String) {
        self.init(
            id: OperationID(), name: ResumeOperation.name, command: "\(prefix)\(ResumeOperation.name) \(run.id)",
            started: .now, place: nil, run: run.id)
    }
}

extension Event {
    fileprivate func hasCommand(beginningWith prefix: String) -> Bool {
        guard case .operationStarted(let start) = kind else { return false }
        return start.command?.hasPrefix(prefix) == true
    }
}
