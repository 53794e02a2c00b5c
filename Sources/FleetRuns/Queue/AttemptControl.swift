import FleetBase
import Synchronization

/// Numbers the attempts of one task.
final class AttemptNumbers: Sendable {
    private let last: Mutex<Int>

    init(after last: Int = 0) { self.last = Mutex(last) }

    func next() -> Int {
        last.withLock { last in
            last += 1
            return last
        }
    }

    var count: Int { last.withLock(\.self) }
}

/// Which tasks have a result: of two attempts at once the first wins.
final class ClaimedTasks: Sendable {
    private let tasks = Mutex<Set<Int>>([])

    /// - Returns: whether nobody was faster.
    func claim(_ task: Int) -> Bool { tasks.withLock { $0.insert(task).inserted } }

    subscript(task: Int) -> Claim { Claim(tasks: self, task: task) }

    /// The result of one task.
    struct Claim: Sendable {
        fileprivate let tasks: ClaimedTasks
        fileprivate let task: Int

        /// - Returns: whether nobody was faster.
        func take() -> Bool { tasks.claim(task) }
        /// It could not be written down.
        func giveBack() { _ = tasks.tasks.withLock { $0.remove(task) } }
        var isTaken: Bool { tasks.tasks.withLock { $0.contains(task) } }
    }
}

/// Ends one attempt without harm to the others on its connection.
final class AttemptControl: Sendable {
    private struct State {
        var job: String?
        var isStopped = false
        var hasEnded = false
    }

    private let state = Mutex(State())

    var isStopped: Bool { state.withLock(\.isStopped) }
    var hasEnded: Bool { state.withLock(\.hasEnded) }

    func ends() { state.withLock { $0.hasEnded = true } }

    /// - Returns: the name of the job to end on the host, if it has one.
    func stop() -> String? {
        state.withLock { state in
            state.isStopped = true
            return state.job
        }
    }

    /// - Throws: when it was stopped before.
    func starts(_ job: String) throws(Failure) {
        let isStopped = state.withLock { state in
            state.job = job
            return state.isStopped
        }
        if isStopped { throw .tooLate }
    }
}

extension Failure {
    static let tooLate = Failure(.cancelled, Message("another attempt was faster"))
}
