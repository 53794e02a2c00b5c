import FleetBase
import FleetTesting
import Synchronization
import Testing

@testable import FleetHosts

/// The connections to hosts, while several want them and while nobody uses them.
@Suite struct HostLineTests {
    /// The first connection takes its time to open, or to close.
    private final class SlowAtFirst: Transport {
        let mayOpen = Mutex(true)
        let mayClose = Mutex(true)
        let begun = Mutex(0)
        let closing = Mutex<Set<Int>>([])
        let closed = Mutex<Set<Int>>([])
        let distrusted = Mutex<Set<Int>>([])

        func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
            let number = begun.withLock { count in
                count += 1
                return count
            }
            if number == 1 { _ = await eventually { mayOpen.withLock(\.self) } }
            return Line(transport: self, number: number)
        }

        final class Line: Connection {
            let transport: SlowAtFirst
            let number: Int

            init(transport: SlowAtFirst, number: Int) { (self.transport, self.number) = (transport, number) }

            var isTrusted: Bool { !transport.distrusted.withLock { $0.contains(number) } }

            func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
                Completion(ending: .status(0))
            }

            func close() async {
                transport.closing.withLock { _ = $0.insert(number) }
                if number == 1 { _ = await eventually { transport.mayClose.withLock(\.self) } }
                transport.closed.withLock { _ = $0.insert(number) }
            }
        }
    }

    private let transport = SlowAtFirst()
    private let wish = HostLine.Wish(timeout: .seconds(5), events: .silent)
    private let fresh = HostLine.Wish(timeout: .seconds(5), events: .silent, isFresh: true)

    private func pool(linger: Duration = .seconds(3600)) -> HostPool { HostPool(ssh: transport, linger: linger) }

    private func key(_ name: String = "pc") throws -> HostPool.Key {
        HostPool.Key(destination: Destination(host: try HostName(name), address: name), isLocal: false)
    }

    private var begun: Int { transport.begun.withLock(\.self) }
    private var closed: Set<Int> { transport.closed.withLock(\.self) }

    private func use(_ pool: HostPool, _ key: HostPool.Key, _ wish: HostLine.Wish) async throws {
        try await pool.withLine(to: key) { line throws(Failure) in try await line.withShell(wish) { _ in } }
    }

    @Test func keepsNobodyWaitingForAHostThatDoesNotClose() async throws {
        let (pool, key) = (pool(), try key())
        try await pool.withLine(to: key) { line throws(Failure) in
            for wish in [wish, fresh] { try await line.withShell(wish) { _ in } }
            transport.mayClose.withLock { $0 = false }
            await line.closeIdle(since: .now)
            #expect(await eventually { closed == [2] && transport.closing.withLock(\.self) == [1, 2] })
            try await line.withShell(wish) { _ in }
            #expect(begun == 3)
        }
        transport.mayClose.withLock { $0 = true }
    }

    @Test func closesOneHostBesideAnother() async throws {
        let pool = pool()
        try await use(pool, key("one"), wish)
        try await use(pool, key("two"), wish)
        transport.mayClose.withLock { $0 = false }
        let closing = Task { await pool.close() }
        #expect(await eventually { closed == [2] })
        transport.mayClose.withLock { $0 = true }
        await closing.value
        #expect(closed == [1, 2])
    }

    /// A host may have left the inventory.
    @Test func forgetsAHostToWhichThereIsNoConnection() async throws {
        let pool = pool(linger: .milliseconds(20))
        for number in 1...3 { try await use(pool, key("pc\(number)"), wish) }
        #expect(await eventually { pool.count == 0 })
        #expect(await eventually { closed == [1, 2, 3] })
    }

    /// What the system knows of a user it has read at the login.
    @Test func aFreshLoginIsNoneThatHadBegunBefore() async throws {
        let (pool, key) = (pool(), try key())
        transport.mayOpen.withLock { $0 = false }
        let older = Task { try await use(pool, key, wish) }
        #expect(await eventually { begun == 1 })
        try await use(pool, key, fresh)
        #expect(begun == 2)
        transport.mayOpen.withLock { $0 = true }
        try await older.value
    }

    @Test func leavesAConnectionWhosePinWasRemoved() async throws {
        let (pool, key) = (pool(), try key())
        try await use(pool, key, wish)
        transport.distrusted.withLock { $0 = [1] }
        try await use(pool, key, wish)
        #expect(begun == 2 && closed == [1])
    }
}
