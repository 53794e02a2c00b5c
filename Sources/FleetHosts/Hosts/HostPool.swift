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

    /// - Returns: how long a connection that nobody uses may stay; nil when there are enough of those.
    func keepIdle() -> Duration? {
        state.withLock { state in
            guard state.idle < mostIdle else { return nil }
            state.idle += 1
            return linger
        }
    }

    func endIdle() { state.withLock { $0.idle -= 1 } }
}
