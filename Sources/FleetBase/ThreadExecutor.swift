import Dispatch
import Glibc
import Synchronization

/// Runs blocking work (name look-ups, disk, child processes) away from the cooperative pool and the event loops.
///
/// At most `width` blocks run at once; a block that waits for its turn holds no thread.
package final class ThreadExecutor: Sendable {
    /// Name look-ups and other waits on the outside.
    package static let lookups = ThreadExecutor(label: "fleet.lookups", width: 16)
    /// Disk and CPU: one block a core.
    package static let disk = ThreadExecutor(label: "fleet.disk", width: cores)
    /// Builds of packages and images, which may take hours and wait for other programs.
    package static let builds = ThreadExecutor(label: "fleet.builds", width: max(4, cores))

    /// The processors that this program may use.
    package static let cores = max(2, sysconf(CInt(_SC_NPROCESSORS_ONLN)))

    /// Output on its way to a disk that may be slow: it takes no thread from those who read, digest and compress.
    package static let writers = ThreadExecutor(label: "fleet.writers", width: 8)

    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var threads = 0
    }

    private let queue: DispatchQueue
    private let width: Int
    private let state = Mutex(State())

    package init(label: String, width: Int) {
        queue = DispatchQueue(label: label, attributes: .concurrent)
        self.width = width
    }

    package func run<Value: Sendable, Problem: Error>(
        _ body: @escaping @Sendable () throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        let result: Result<Value, Problem> = await withCheckedContinuation { continuation in
            submit { continuation.resume(returning: Result(catching: body)) }
        }
        return try result.get()
    }

    private func submit(_ block: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.waiting.append(block)
            guard state.threads < width else { return false }
            state.threads += 1
            return true
        }
        if needsThread { queue.async { self.drain() } }
    }

    private func drain() {
        while let block = next() { block() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.threads -= 1
            return nil
        }
    }
}
