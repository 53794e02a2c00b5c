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

    private struct State {
        var lines: [Key: HostLine] = [:]
        var isClosed = false
        var idle = 0
        var isSweeping = false
    }

    private let state = Mutex(State())

    package init(
        ssh: any Transport, local: any Transport = LocalTransport(), linger: Duration = .seconds(10), mostIdle: Int = 32
    ) {
        (self.ssh, self.local, self.linger, self.mostIdle) = (ssh, local, linger, mostIdle)
    }

    func line(to key: Key) -> HostLine {
        state.withLock { state in
            if let line = state.lines[key] { return line }
            let line = HostLine(self, key, isClosed: state.isClosed)
            state.lines[key] = line
            return line
        }
    }

    func connect(_ key: Key, until deadline: Deadline) async throws(Failure) -> any Connection {
        try await (key.isLocal ? local : ssh).connect(to: key.destination, deadline: deadline)
    }

    /// Closes every connection; those that are in use, too. None is opened after that.
    package func close() async {
        let lines = state.withLock { state in
            defer { (state.lines, state.isClosed) = ([:], true) }
            return state.lines.values
        }
        for line in lines { await line.close() }
    }

    // MARK: Idle connections

    /// - Parameter isNew: somebody asked for the connection a moment ago.
    /// - Returns: whether a connection that nobody uses may stay for a while; no more than so many may.
    func keepIdle(isNew: Bool = false) -> Bool {
        let (isKept, mustSweep) = state.withLock { state in
            guard isNew || state.idle < mostIdle else { return (false, false) }
            state.idle += 1
            defer { state.isSweeping = true }
            return (true, !state.isSweeping)
        }
        if mustSweep { Task.detached { await self.sweep() } }
        return isKept
    }

    func endIdle() { state.withLock { $0.idle -= 1 } }

    /// One task looks after all connections that nobody uses, as long as there are any.
    private func sweep() async {
        while true {
            try? await Task.sleep(for: linger / 2)
            let lines = state.withLock { state in
                state.isSweeping = state.idle > 0 && !state.isClosed
                return state.isSweeping ? Array(state.lines.values) : []
            }
            guard !lines.isEmpty else { return }
            for line in lines { await line.closeIdle(since: .now - linger) }
        }
    }
}
