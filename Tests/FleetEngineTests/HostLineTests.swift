import FleetBase
import FleetTesting
import Synchronization
import Testing
@testable import FleetHosts

/// The connections to one host, while nobody uses them.
@Suite struct HostLineTests {
    /// The first connection takes its time to close.
    private final class SlowlyClosed: Transport {
        let isClosing = Mutex(false)
        let mayClose = Mutex(false)
        let opened = Mutex(0)
        let closed = Mutex<Set<Int>>([])

        func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
            let number = opened.withLock { count in
                count += 1
                return count
            }
            return Line(transport: self, number: number)
        }

        final class Line: Connection {
            let transport: SlowlyClosed
            let number: Int

            init(transport: SlowlyClosed, number: Int) { (self.transport, self.number) = (transport, number) }

            func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
                Completion(ending: .status(0))
            }

            func close() async {
                if number == 1 {
                    transport.isClosing.withLock { $0 = true }
                    _ = await eventually { transport.mayClose.withLock(\.self) }
                }
                transport.closed.withLock { _ = $0.insert(number) }
            }
        }
    }

    @Test func doesNotCloseWhatIsTakenWhileAnotherCloses() async throws {
        let transport = SlowlyClosed()
        let key = HostPool.Key(destination: Destination(host: try HostName("pc"), address: "pc"), isLocal: false)
        let line = HostPool(ssh: transport, linger: .seconds(3600)).line(to: key)
        let (wish, fresh) = (
            HostLine.Wish(timeout: .seconds(5), events: .silent),
            HostLine.Wish(timeout: .seconds(5), events: .silent, isFresh: true)
        )
        try await line.withShell(wish) { _ in }
        try await line.withShell(fresh) { _ in }
        #expect(transport.opened.withLock(\.self) == 2)

        let sweep = Task { await line.closeIdle(since: .now) }
        #expect(await eventually { transport.isClosing.withLock(\.self) })
        try await line.withShell(wish) { _ in
            transport.mayClose.withLock { $0 = true }
            await sweep.value
            #expect(transport.closed.withLock(\.self) == [1] && transport.opened.withLock(\.self) == 2)
        }
    }
}
