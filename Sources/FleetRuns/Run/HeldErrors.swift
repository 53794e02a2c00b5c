import FleetBase
import Synchronization

/// Holds back what comes on a job's standard error, until it is known to be the worker's.
///
/// An engine that can't start its container says so there and ends at once, and then another method does the work: those
/// lines would stand among the worker's, and nobody asked for them. What else comes is half a second late at most.
final class HeldErrors: Sendable {
    private struct State {
        var held: [UInt8] = []
        var isOpen: Bool
        var timer: Task<Void, Never>?
    }

    private static let most = 16 << 10

    private let state: Mutex<State>
    private let longest: Duration
    private let pass: @Sendable (UnsafeRawBufferPointer) -> Void

    /// - Parameters:
    ///   - isOpen: nothing is held back.
    ///   - longest: how long it is held.
    ///   - pass: gets the bytes in their order, one call at a time.
    init(
        isOpen: Bool, for longest: Duration = .milliseconds(500),
        _ pass: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) {
        state = Mutex(State(isOpen: isOpen))
        self.longest = longest
        self.pass = pass
    }

    func take(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            guard !state.isOpen else { return pass(bytes) }
            state.held += bytes
            guard state.held.count <= Self.most else { return open(&state) }
            guard state.timer == nil else { return }
            state.timer = Task { [longest] in
                guard (try? await Task.sleep(for: longest)) != nil else { return }
                release()
            }
        }
    }

    /// From here on everything is the worker's.
    func release() { state.withLock { open(&$0) } }

    /// Hands on what is held, or forgets it.
    func end(dropping isUnwanted: (_ text: String) -> Bool) {
        state.withLock { state in
            if isUnwanted(String(decoding: state.held, as: UTF8.self)) { state.held = [] }
            open(&state)
        }
    }

    private func open(_ state: inout State) {
        state.isOpen = true
        state.timer?.cancel()
        state.timer = nil
        state.held.withUnsafeBytes { if !$0.isEmpty { pass($0) } }
        state.held = []
    }
}
