package import FleetBase
import FleetConfig
import FleetEvents
import Synchronization

/// The connections to hosts, which all operations share: each is opened when it is needed, and closed when nobody has
/// needed it for a while.
package final class HostPool: Sendable {
    /// What tells one host's connections from another's: where they lead, and how.
    struct Key: Hashable, Sendable {
        let destination: Destination
        let isLocal: Bool
    }

    private let ssh: any Transport
    private let local: any Transport
    /// How long a connection is kept that nobody uses, and how many of those.
    private let linger: Duration
    private let mostIdle: Int
    private let sweeper: Sweeper

    /// The connections to one host, as long as there are any or somebody wants one: a host may leave the inventory.
    private struct Entry {
        let line: HostLine
        var users = 0
        var connections = 0
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var isClosed = false
        var idle = 0

        mutating func change(_ key: Key, _ change: (inout Entry) -> Void) {
            guard var entry = entries[key] else { return }
            change(&entry)
            entries[key] = entry.users > 0 || entry.connections > 0 ? entry : nil
        }
    }

    private let state = Mutex(State())

    package init(
        ssh: any Transport, local: any Transport = LocalTransport(), linger: Duration = .seconds(10), mostIdle: Int = 32
    ) {
        (self.ssh, self.local, self.linger, self.mostIdle) = (ssh, local, linger, mostIdle)
        sweeper = Sweeper(every: linger / 2)
    }

    /// Does something with the connections to one host.
    func withLine<Value: Sendable>(
        to key: Key, _ body: @Sendable (HostLine) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let line = state.withLock { state in
            let line = state.entries[key]?.line ?? HostLine(self, key, isClosed: state.isClosed)
            state.entries[key, default: Entry(line: line)].users += 1
            return line
        }
        defer { state.withLock { $0.change(key) { $0.users -= 1 } } }
        return try await body(line)
    }

    func connect(_ key: Key, until deadline: Deadline) async throws(Failure) -> any Connection {
        try await (key.isLocal ? local : ssh).connect(to: key.destination, deadline: deadline)
    }

    /// - Returns: false when a connection came too late to be one of the pool's: nobody would close it.
    func adds(_ key: Key, by line: HostLine) -> Bool {
        state.withLock { state in
            guard state.entries[key]?.line === line else { return false }
            state.change(key) { $0.connections += 1 }
            return true
        }
    }

    func removes(_ key: Key, by line: HostLine) {
        state.withLock { state in
            guard state.entries[key]?.line === line else { return }
            state.change(key) { $0.connections -= 1 }
        }
    }

    /// To how many hosts there is a connection, or somebody wants one.
    var count: Int { state.withLock(\.entries.count) }

    /// Closes every connection; those that are in use, too. None is opened after that.
    package func close() async {
        let lines = state.withLock { state in
            defer { (state.entries, state.isClosed) = ([:], true) }
            return state.entries.values.map(\.line)
        }
        await withDiscardingTaskGroup { group in
            for line in lines { group.addTask { await line.close() } }
        }
    }

    // MARK: Idle connections

    /// - Parameter isNew: somebody asked for the connection a moment ago.
    /// - Returns: whether a connection that nobody uses may stay for a while; no more than so many may.
    func keepIdle(isNew: Bool = false) -> Bool {
        let isKept = state.withLock { state in
            guard isNew || state.idle < mostIdle else { return false }
            state.idle += 1
            return true
        }
        if isKept { sweeper.wake { [weak self] in await self?.sweep() ?? false } }
        return isKept
    }

    func endIdle() { state.withLock { $0.idle -= 1 } }

    /// - Returns: whether there are more connections that nobody uses.
    private func sweep() async -> Bool {
        for line in state.withLock({ $0.entries.values.map(\.line) }) { await line.closeIdle(since: .now - linger) }
        return state.withLock { $0.idle > 0 && !$0.isClosed }
    }
}
