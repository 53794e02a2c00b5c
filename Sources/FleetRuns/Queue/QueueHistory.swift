import FleetBase
import FleetLedger

/// What a queue's tasks have behind them when a master takes them up again.
struct QueueHistory: Sendable {
    /// By the position of the task.
    private(set) var done: [Int: Attempt] = [:]
    /// Those that may still run.
    private(set) var open: [(task: Int, attempt: Attempt)] = []
    /// Those whose results are on their hosts still, and are to stay there.
    private(set) var kept: [Attempt] = []
    /// Those that nothing was sent of.
    private(set) var unsent: [Attempt] = []
    /// How often the worker itself has failed, by the position of the task.
    private(set) var failures: [Int: Int] = [:]
    /// The last attempt that failed, of tasks that have no result.
    private(set) var failed: [Int: Attempt] = [:]
    private(set) var lastNumbers: [Int]

    /// - Parameter tasks: their ids, in order.
    init(_ attempts: [Attempt], tasks: [String]) throws(LedgerError) {
        let positions = Dictionary(uniqueKeysWithValues: zip(tasks, tasks.indices))
        lastNumbers = Array(repeating: 0, count: tasks.count)
        for attempt in attempts {
            guard let task = positions[attempt.task] else { continue }
            lastNumbers[task] = max(lastNumbers[task], attempt.number)
            switch attempt.state {
            case .done: done[task] = attempt
            case .planned, .sent: unsent.append(attempt)
            case .running, .lost: open.append((task, attempt))
            case .failed:
                failed[task] = attempt
                if [.incomplete, .limit].contains(attempt.failure?.kind) { kept.append(attempt) }
                if attempt.failure?.isOfTheTask == true, attempt.exit != nil { failures[task, default: 0] += 1 }
            case .cancelled: break
            }
        }
        open.removeAll { done[$0.task] != nil }
    }
}

extension Failure {
    /// The worker's own doing, whatever host it runs on.
    var isOfTheTask: Bool { kind.fault == .task }
}
