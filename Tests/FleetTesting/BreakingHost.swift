package import FleetBase
import Synchronization

/// Breaks its connection under the first commands that a test chooses, before they have done anything.
package final class BreakingHost: Transport {
    fileprivate let isVictim: @Sendable (String) -> Bool
    private let transport: any Transport
    private let breaks: Mutex<Int>

    package init(_ transport: any Transport, breaks: Int, under isVictim: @escaping @Sendable (String) -> Bool) {
        (self.transport, self.isVictim) = (transport, isVictim)
        self.breaks = Mutex(breaks)
    }

    package var breaksLeft: Int { breaks.withLock(\.self) }

    package func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        BreakingConnection(host: self, connection: try await transport.connect(to: destination, deadline: deadline))
    }

    fileprivate func breaksNow() -> Bool {
        breaks.withLock { breaks in
            defer { breaks = max(0, breaks - 1) }
            return breaks > 0
        }
    }
}

private struct BreakingConnection: Connection {
    let host: BreakingHost
    let connection: any Connection

    func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        guard host.isVictim(command.text), host.breaksNow() else {
            return try await connection.run(command, deadline: deadline)
        }
        await connection.close()
        throw Failure(.lost, Message("the connection is closed"))
    }

    func close() async { await connection.close() }
}
