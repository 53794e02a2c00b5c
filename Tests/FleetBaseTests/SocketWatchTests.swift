import Glibc
import Testing

@testable import FleetBase

@Suite struct SocketWatchTests {
    private actor Waiter {
        private let loop: EventLoop
        private let socket: CInt
        private lazy var watch = SocketWatch(socket, on: loop)
        private(set) var begun = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ socket: CInt, on loop: EventLoop) { (self.socket, self.loop) = (socket, loop) }

        var hasTimer: Bool { watch.timer != nil }

        func wait(until deadline: Deadline) async -> Wakeup {
            begun += 1
            return await watch.wait(for: .read, until: deadline, isolation: self)
        }

        func end() { watch.remove() }
    }

    /// The entry of such a timer would stay in the loop's heap for as long as the program runs.
    @Test(arguments: [Deadline.distant, Deadline.distant.later(by: .seconds(1))])
    func setsNoTimerForWhatNeverComes(never: Deadline) async throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let waiter = Waiter(ends[0], on: .next())
        let waiting = Task { await waiter.wait(until: never) }
        while await waiter.begun == 0 { await Task.yield() }
        #expect(await !waiter.hasTimer)
        #expect(await waiter.wait(until: .after(.milliseconds(20))) == .timedOut)
        #expect(await !waiter.hasTimer)
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        await waiter.end()
    }
}
