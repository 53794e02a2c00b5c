package import FleetBase
import Synchronization

/// Work that several wait for. Each may stop waiting; with the last one the work is cancelled.
package final class SharedWork<Value: Sendable>: Sendable {
    private typealias Outcome = Result<Value, Failure>

    private struct State {
        var waiters: [Int: CheckedContinuation<Outcome, Never>] = [:]
        var next = 0
        var outcome: Outcome?
        var isAbandoned = false
        var task: Task<Void, Never>?
    }

    private let state = Mutex(State())

    /// - Parameter body: begins at once, whether anybody waits yet or not.
    package init(_ body: @escaping @Sendable () async throws(Failure) -> Value) {
        let task = Task {
            do throws(Failure) {
                finish(.success(try await body()))
            } catch {
                finish(.failure(error))
            }
        }
        state.withLock { $0.task = task }
    }

    /// Whether it was cancelled because nobody waited any more.
    package var isAbandoned: Bool { state.withLock(\.isAbandoned) }

    /// Whether it has ended, and came to nothing.
    package var hasFailed: Bool {
        state.withLock { state in
            if case .failure = state.outcome { true } else { false }
        }
    }

    /// - Throws: what the work throws; cancelled, when the task that waits is.
    package func value() async throws(Failure) -> Value {
        let number = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0, number) }
        } onCancel: {
            leave(number)
        }
        return try outcome.get()
    }

    private func wait(_ continuation: CheckedContinuation<Outcome, Never>, _ number: Int) {
        let known = state.withLock { state -> Outcome? in
            if let outcome = state.outcome { return outcome }
            // The cancellation may have come before.
            guard !Task.isCancelled else {
                abandonIfAlone(&state)
                return .failure(.cancelled)
            }
            state.waiters[number] = continuation
            return nil
        }
        if let known { continuation.resume(returning: known) }
    }

    private func leave(_ number: Int) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: number)
            if waiter != nil { abandonIfAlone(&state) }
            return waiter
        }
        waiter?.resume(returning: .failure(.cancelled))
    }

    private func abandonIfAlone(_ state: inout State) {
        guard state.waiters.isEmpty, state.outcome == nil else { return }
        state.isAbandoned = true
        state.task?.cancel()
    }

    private func finish(_ outcome: Outcome) {
        let waiters = state.withLock { state in
            state.outcome = outcome
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: outcome) }
    }
}

extension Failure {
    package static let cancelled = Failure(.cancelled, Message("cancelled"))
}
