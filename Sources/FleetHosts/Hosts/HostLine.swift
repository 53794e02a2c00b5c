import FleetBase
import FleetConfig
import FleetEvents

/// The connections to one host: as many as its sshd's MaxSessions asks for, opened when they are needed, left when they
/// break.
actor HostLine {
    /// Commands at once on one connection; OpenSSH allows ten unless told otherwise.
    private static let width = 8

    private struct Line {
        let number: Int
        let connection: any Connection
        var users = 0
        var isBroken = false
        /// From when on nobody has used it; nil while somebody does, and when it is about to be closed.
        var idleSince: ContinuousClock.Instant?
    }

    private let pool: HostPool
    private let key: HostPool.Key
    private var lines: [Line] = []
    /// The number of the connection that was begun last.
    private var count = 0
    /// The connection that is being opened, for all who wait.
    private var opening: (number: Int, work: SharedWork<Void>)?
    private var isClosed: Bool
    private nonisolated let loginShell = LoginShell()

    init(_ pool: HostPool, _ key: HostPool.Key, isClosed: Bool) {
        (self.pool, self.key, self.isClosed) = (pool, key, isClosed)
    }

    /// How somebody wants to be connected.
    struct Wish: Sendable {
        let timeout: Duration
        let events: EventSource
        /// Not over a connection from before, nor over one whose login had begun before.
        var isFresh = false
    }

    /// Does something over a connection; one that breaks under it is not used again.
    nonisolated func withShell<Value: Sendable>(
        _ wish: Wish, _ body: @Sendable (RemoteShell) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let (number, connection) = try await take(wish)
        let shell = RemoteShell(connection, events: wish.events, loginShell: loginShell) { () async throws(Failure) in
            try await self.connectApart(wish)
        }
        do {
            let value = try await body(shell)
            await giveBack(number)
            return value
        } catch {
            await giveBack(number)
            throw error
        }
    }

    private func take(_ wish: Wish) async throws(Failure) -> (Int, any Connection) {
        let oldest = wish.isFresh ? count : 0
        while true {
            guard !isClosed else { throw .cancelled }
            let free = lines.indices.filter {
                !lines[$0].isBroken && lines[$0].users < Self.width && lines[$0].number > oldest
            }
            if let best = free.min(by: { lines[$0].users < lines[$1].users }) {
                wake(best)
                // What the far end has closed while nobody used it is not worth a try.
                let (number, connection) = (lines[best].number, lines[best].connection)
                lines[best].users += 1
                guard connection.isClosed || !connection.isTrusted else { return (number, connection) }
                lines[best].isBroken = true
                await giveBack(number)
                continue
            }
            try await open(wish, after: oldest)
        }
    }

    /// One connection is opened at a time, for all who wait; another one only for who may not have it.
    private func open(_ wish: Wish, after oldest: Int) async throws(Failure) {
        let work: SharedWork<Void>
        if let opening, opening.number > oldest, !opening.work.isAbandoned {
            work = opening.work
        } else {
            count += 1
            let number = count
            work = SharedWork { () async throws(Failure) in try await self.connect(wish, number) }
            opening = (number, work)
        }
        defer { if opening?.work === work { opening = nil } }
        do {
            try await work.value()
        } catch {
            // Those who waited for it have gone, just before this one came.
            guard error.kind != .cancelled || Task.isCancelled || isClosed else { return }
            throw error
        }
    }

    /// What it opens is there before anybody who waited for it goes on.
    private func connect(_ wish: Wish, _ number: Int) async throws(Failure) {
        let connection = try await connectApart(wish)
        guard !isClosed, pool.adds(key, by: self) else {
            await connection.close()
            throw .cancelled
        }
        // Whoever waited for it may have gone.
        _ = pool.keepIdle(isNew: true)
        lines.append(Line(number: number, connection: connection, idleSince: .now))
    }

    /// A connection of its own, which nobody else gets.
    private nonisolated func connectApart(_ wish: Wish) async throws(Failure) -> any Connection {
        let start = ContinuousClock.now
        wish.events.tell(.hostConnecting)
        do throws(Failure) {
            let connection = try await pool.connect(key, until: .after(wish.timeout))
            wish.events.tell(.hostConnected(Event.HostConnection(after: .now - start)))
            return connection
        } catch {
            if error.kind != .cancelled { wish.events.tell(.hostAbsent(error)) }
            throw error
        }
    }

    private func giveBack(_ number: Int) async {
        guard let index = lines.firstIndex(where: { $0.number == number }) else { return }
        lines[index].users -= 1
        if lines[index].connection.isClosed { lines[index].isBroken = true }
        guard lines[index].users == 0 else { return }
        guard !lines[index].isBroken else { return await remove(number) }
        if pool.keepIdle() {
            lines[index].idleSince = .now
        } else {
            Task { await self.closeSpare(number) }
        }
    }

    func close() async {
        isClosed = true
        let connections = lines.map(\.number).compactMap(takeOut)
        await withDiscardingTaskGroup { group in
            for connection in connections { group.addTask { await connection.close() } }
        }
    }

    // MARK: Connections that nobody uses

    /// Closes what nobody has used for so long, and waits for none of it: a dead host takes its time.
    func closeIdle(since instant: ContinuousClock.Instant) {
        let idle = lines.filter { line in line.idleSince.map { $0 <= instant } ?? false }
        for connection in idle.map(\.number).compactMap(takeOut) { Task { await connection.close() } }
    }

    /// Closes one of too many, unless somebody has taken it since.
    private func closeSpare(_ number: Int) async {
        guard let line = lines.first(where: { $0.number == number }), line.users == 0, line.idleSince == nil else {
            return
        }
        await remove(number)
    }

    private func wake(_ index: Int) {
        guard lines[index].idleSince != nil else { return }
        lines[index].idleSince = nil
        pool.endIdle()
    }

    private func remove(_ number: Int) async { await takeOut(number)?.close() }

    /// From now on nobody gets the connection.
    private func takeOut(_ number: Int) -> (any Connection)? {
        guard let index = lines.firstIndex(where: { $0.number == number }) else { return nil }
        wake(index)
        pool.removes(key, by: self)
        return lines.remove(at: index).connection
    }
}
