import FleetBase
import FleetHosts
import Synchronization

/// Work that goes on once at a time: who asks meanwhile has the outcome of the round that has begun.
final class SharedRound<Value: Sendable>: Sendable {
    private typealias Round = SharedWork<Result<Value, any Error>>

    private struct State {
        var round: Round?
        var number = 0
    }

    private let body: @Sendable () async throws -> Value
    private let state = Mutex(State())

    init(_ body: @escaping @Sendable () async throws -> Value) { self.body = body }

    /// - Throws: what the round throws; cancelled, when the task that waits is. A round for which nobody waits any more is
    ///   cancelled, too.
    func value() async throws -> Value {
        while true {
            let round = join()
            do { return try await round.value().get() } catch {
                // All others left in the moment in which this one came.
                guard round.isAbandoned, !Task.isCancelled else { throw error }
            }
        }
    }

    private func join() -> Round {
        state.withLock { state in
            if let round = state.round, !round.isAbandoned { return round }
            state.number += 1
            let number = state.number
            let round = Round { [self] () async throws(Failure) in
                let result = await Result { try await body() }
                end(number)
                return result
            }
            state.round = round
            return round
        }
    }

    private func end(_ number: Int) { state.withLock { if $0.number == number { $0.round = nil } } }
}
