import FleetBase
import Synchronization

/// A job's standard output as it comes, without waiting for whole lines; each byte once, over as many connections as it
/// takes.
package final class LiveOutput: Sendable {
    package typealias Receiver = @Sendable ([UInt8]) -> Void

    private struct State {
        /// What this connection has brought, and what the receiver has.
        var position = 0
        var shown = 0
    }

    private let state = Mutex(State())
    private let receive: Receiver

    package init(_ receive: @escaping Receiver) { self.receive = receive }

    /// A connection that sends everything from the beginning.
    func begin() { state.withLock { $0.position = 0 } }

    func take(_ bytes: UnsafeRawBufferPointer) {
        let fresh = state.withLock { state -> [UInt8] in
            let known = min(bytes.count, max(0, state.shown - state.position))
            state.position += bytes.count
            state.shown = max(state.shown, state.position)
            return Array(bytes.dropFirst(known))
        }
        if !fresh.isEmpty { receive(fresh) }
    }
}
