import Synchronization

/// The moment at which a server wants its streams to end.
final class Closing: Sendable {
    private struct State {
        var hasCome = false
        var listeners: [Int: @Sendable () -> Void] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// - Returns: what ``forget(_:)`` takes.
    func whenItComes(_ body: @escaping @Sendable () -> Void) -> Int {
        let (id, hasCome) = state.withLock { state in
            state.last += 1
            if !state.hasCome { state.listeners[state.last] = body }
            return (state.last, state.hasCome)
        }
        if hasCome { body() }
        return id
    }

    func forget(_ id: Int) { state.withLock { $0.listeners[id] = nil } }

    func come() {
        let listeners = state.withLock { state in
            state.hasCome = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener() }
    }
}
