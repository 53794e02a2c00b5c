import FleetBase
import FleetTesting
import Glibc
import Synchronization
import Testing

@testable import FleetHTTP

@Suite struct HTTPListenerTests {
    /// Work that came to the listener's loop when it had accepted its first connection.
    private actor OtherWork {
        private let loop: EventLoop
        private let done: @Sendable () -> Void

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(on loop: EventLoop, _ done: @escaping @Sendable () -> Void) { (self.loop, self.done) = (loop, done) }

        func enqueue() { Task { finish() } }

        private func finish() { done() }
    }

    /// All clients wait already when the first is accepted.
    @Test func givesWayInAFlood() async throws {
        let socket = try ListeningSocket("127.0.0.1", port: nil)
        let port = try #require(socket.port)
        let clients = try (0..<(4 * HTTPListener.portion)).map { _ in try RawClient(port.number) }
        defer { for client in clients { client.close() } }
        let taken = Mutex(0)
        let (counts, count) = AsyncStream.makeStream(of: Int.self)
        let loop = EventLoop.next()
        let other = OtherWork(on: loop) { count.yield(taken.withLock(\.self)) }
        let listening = Task {
            await HTTPListener(socket, on: loop).accept { descriptor, _ in
                close(descriptor)
                let isFirst = taken.withLock { taken in
                    taken += 1
                    return taken == 1
                }
                if isFirst { other.assumeIsolated { $0.enqueue() } }
            }
        }
        for await before in counts {
            #expect(before <= HTTPListener.portion)
            break
        }
        listening.cancel()
        await listening.value
    }
}
