import FleetBase
import Synchronization

/// A place in a line: one task waits for its turn, another gives it; whoever has left can't be given one.
final class Turn<Value: Sendable>: Sendable {
    enum Outcome: Sendable {
        case given(Value)
        case timedOut, cancelled
    }

    private enum State {
        case waiting(CheckedContinuation<Outcome, Never>?)
        case ended(Outcome)
    }

    let deadline: Deadline
    private let state = Mutex(State.waiting(nil))

    init(until deadline: Deadline) { self.deadline = deadline }

    /// - Returns: whether somebody still waits; then the value is theirs.
    func give(_ value: Value) -> Bool { end(.given(value)) }

    /// Waits; for one task, once.
    func outcome() async -> Outcome {
        let timer = Task {
            try await Task.sleep(until: deadline.instant)
            end(.timedOut)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ended = state.withLock { state -> Outcome? in
                    if case .ended(let outcome) = state { return outcome }
                    state = .waiting(continuation)
                    return nil
                }
                if let ended { continuation.resume(returning: ended) }
            }
        } onCancel: {
            end(.cancelled)
        }
    }

    @discardableResult
    private func end(_ outcome: Outcome) -> Bool {
        let (isFirst, continuation) = state.withLock { state -> (Bool, CheckedContinuation<Outcome, Never>?) in
            guard case .waiting(let continuation) = state else { return (false, nil) }
            state = .ended(outcome)
            return (true, continuation)
        }
        continuation?.resume(returning: outcome)
        return isFirst
    }
}
