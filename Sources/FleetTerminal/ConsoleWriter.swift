package import FleetBase
import Glibc
import Synchronization

/// Writes to standard output and standard error, in order, on a thread of its own: who hands something over never waits
/// for a reader that does not read, an event loop least of all.
///
/// One for the program, as it has one of each stream.
package final class ConsoleWriter: Sendable {
    package static let shared = ConsoleWriter()

    /// A producer waits while more bytes than this are queued.
    private static let much = 1 << 20

    private struct State {
        var queue: [(stream: CInt, bytes: [UInt8])] = []
        /// What is in the queue and being written.
        var size = 0
        var isRunning = false
        /// The errno of a write to standard output that failed. A reader that has enough (EPIPE) is no failure.
        var lostOutput: CInt = 0
    }

    private let state = Mutex(State())
    /// Raised when there is something to write, and when something was written.
    private let (work, progress) = (Alarm(), Alarm())

    package func write(_ bytes: [UInt8], to stream: CInt) {
        guard !bytes.isEmpty else { return }
        let isFirst = state.withLock { state in
            state.queue.append((stream, bytes))
            state.size += bytes.count
            defer { state.isRunning = true }
            return !state.isRunning
        }
        // Without a thread left there is nobody else to do it.
        if isFirst, !OwnThread.start({ self.run() }) {
            state.withLock { $0.isRunning = false }
            writeQueue()
        }
        work.raise()
    }

    package var isBehind: Bool { state.withLock { $0.size > Self.much } }

    /// Waits until less is left to write than is much: for who produces results as fast as they are read.
    package func waitWhileBehind() { wait { $0.size <= Self.much } }

    /// Waits until everything is written, no longer than until the deadline.
    package func flush(until deadline: Deadline = .distant) { wait(until: deadline) { $0.size == 0 } }

    /// Why results did not all reach standard output; nil when they did.
    package var problem: String? {
        let code = state.withLock(\.lostOutput)
        return code == 0 ? nil : String(cString: strerror(code))
    }

    private func wait(until deadline: Deadline = .distant, for isEnough: (State) -> Bool) {
        while !state.withLock({ isEnough($0) }), !deadline.hasPassed { progress.waitBriefly() }
    }

    // MARK: The thread

    private func run() {
        while true {
            writeQueue()
            work.waitBriefly()
        }
    }

    private func writeQueue() {
        while true {
            let queue = state.withLock { state in
                defer { state.queue = [] }
                return state.queue
            }
            guard !queue.isEmpty else { return }
            for (stream, bytes) in queue {
                put(bytes, to: stream)
                state.withLock { $0.size -= bytes.count }
                progress.raise()
            }
        }
    }

    private func put(_ text: [UInt8], to stream: CInt) {
        var bytes = text[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var wait = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, -1)
                continue
            }
            guard count > 0 else {
                let problem = errno
                if stream == STDOUT_FILENO, problem != EPIPE { state.withLock { $0.lostOutput = problem } }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension Alarm {
    /// Blocks until it is raised, and takes that back. It ends by itself after a while, for who missed the sign.
    fileprivate func waitBriefly() {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 100) > 0 else { return }
        var value: UInt64 = 0
        read(descriptor, &value, MemoryLayout<UInt64>.size)
    }
}
