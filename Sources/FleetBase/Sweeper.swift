import Synchronization

/// Looks after what may have to be closed after a while: one task, as long as there is anything.
package final class Sweeper: Sendable {
    /// Closes what is due.
    ///
    /// - Returns: whether there is more to look after.
    package typealias Sweep = @Sendable () async -> Bool

    private struct State {
        var isRunning = false
        /// Something came since the last sweep began.
        var isWanted = false
    }

    private let pause: Duration
    private let state = Mutex(State())

    package init(every pause: Duration) { self.pause = pause }

    /// There is something to look after now.
    package func wake(_ sweep: @escaping Sweep) {
        let isFirst = state.withLock { state in
            defer { (state.isRunning, state.isWanted) = (true, true) }
            return !state.isRunning
        }
        // Nobody's child: it must not be cancelled with who woke it.
        if isFirst { Task.detached { await self.run(sweep) } }
    }

    private func run(_ sweep: Sweep) async {
        while true {
            try? await Task.sleep(for: pause)
            state.withLock { $0.isWanted = false }
            let isLeft = await sweep()
            let goesOn = state.withLock { state in
                state.isRunning = isLeft || state.isWanted
                return state.isRunning
            }
            guard goesOn else { return }
        }
    }
}
