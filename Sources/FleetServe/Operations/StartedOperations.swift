import FleetBase
import FleetEvents
import FleetService
import Synchronization

/// The operations that requests have started here, with what came of them for a while.
final class StartedOperations: Sendable {
    /// How one of them stands.
    struct Standing: Sendable {
        enum State: String, Sendable, CaseIterable {
            case running, done, failed, cancelled
        }

        let id: OperationID
        let name: String
        let started: Timestamp
        /// The last event before its own.
        let place: EventSequence?
        var ended: Timestamp?
        var state = State.running
        var result: StartedOperation.Result?
        /// Whether somebody wanted it ended.
        fileprivate var isCancelled = false
        /// How many bytes the result has as JSON.
        fileprivate var weight = 0
        /// Why it did not begin or end as it should.
        var error: Problem?
    }

    private struct State {
        var known: [OperationID: (standing: Standing, cancel: @Sendable () -> Void, end: Task<Void, Never>?)] = [:]
        var order: [OperationID] = []
    }

    /// So many that have ended are remembered.
    private static let most = 200
    /// And so many bytes of their results, the latest ones.
    private let room: Int
    private let state = Mutex(State())

    /// - Parameter room: how many bytes of results are kept in all.
    init(room: Int = 64 << 20) { self.room = room }

    /// Remembers an operation until well after its end.
    ///
    /// - Parameter place: the last event before its own.
    func add(_ operation: StartedOperation, after place: EventSequence?, started: Timestamp = .now) {
        let standing = Standing(id: operation.id, name: operation.name, started: started, place: place)
        state.withLock { state in
            state.known[operation.id] = (standing, operation.cancel, nil)
            state.order.append(operation.id)
            forget(&state)
        }
        let end = Task {
            do {
                let result = try await operation.result()
                let text = try result(.english)
                // A key of an object: within a text its quotes would be escaped.
                let hasFailures = text.contains("\"failure\":{")
                finish(operation.id) { standing in
                    standing.state = standing.isCancelled ? .cancelled : hasFailures ? .failed : .done
                    (standing.result, standing.weight) = (result, text.utf8.count)
                    if hasFailures { standing.error = Problem(502, Message("some of it failed: see the result")) }
                }
            } catch {
                finish(operation.id) { standing in
                    let isCancelled = error is CancellationError || error is Declined
                    (standing.state, standing.error) = (isCancelled ? .cancelled : .failed, Problem(error))
                }
            }
        }
        state.withLock { $0.known[operation.id]?.end = end }
    }

    private func finish(_ id: OperationID, _ change: (inout Standing) -> Void) {
        state.withLock { state in
            guard var entry = state.known[id] else { return }
            change(&entry.standing)
            entry.standing.ended = .now
            // The handle behind it holds the result, too.
            entry.cancel = {}
            state.known[id] = entry
            dropResults(&state)
        }
    }

    /// Those of the operations that were started first go first.
    private func dropResults(_ state: inout State) {
        var weight = state.known.values.reduce(0) { $0 + $1.standing.weight }
        for id in state.order where weight > room {
            guard var entry = state.known[id], entry.standing.weight > 0 else { continue }
            weight -= entry.standing.weight
            (entry.standing.weight, entry.standing.result) = (0, nil)
            entry.standing.error = Problem(410, Message("the result was too large to be kept any longer"))
            state.known[id] = entry
        }
    }

    private func forget(_ state: inout State) {
        let over = state.order.filter { state.known[$0]?.standing.ended != nil }.dropLast(Self.most)
        for id in over { state.known[id] = nil }
        if !over.isEmpty { state.order.removeAll { state.known[$0] == nil } }
    }

    subscript(id: OperationID) -> Standing? { state.withLock { $0.known[id]?.standing } }

    /// The newest first.
    var all: [Standing] { state.withLock { state in state.order.reversed().compactMap { state.known[$0]?.standing } } }

    /// Waits until an operation has ended, or the task is cancelled.
    func end(of id: OperationID) async {
        guard let end = state.withLock({ $0.known[id]?.end }) else { return }
        let (ending, hasEnded) = AsyncStream.makeStream(of: Void.self)
        Task {
            await end.value
            hasEnded.finish()
        }
        for await _ in ending {}
    }

    /// - Returns: false for one that was not started here.
    func cancel(_ id: OperationID) -> Bool {
        let entry = state.withLock { state in
            state.known[id]?.standing.isCancelled = true
            return state.known[id]
        }
        guard let entry else { return false }
        entry.cancel()
        return true
    }
}
