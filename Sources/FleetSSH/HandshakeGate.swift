import FleetBase
import Synchronization

/// Limits the handshakes under way with one server: a stock sshd drops connections when more than ten are not yet
/// logged in (sshd_config(5), MaxStartups 10:30:100). A server that drops connections all the same gets fewer at once,
/// and more again with every login that succeeds.
final class HandshakeGate: Sendable {
    private static let widest = 8

    /// A server, as it is reached: through a jump host the same address may be another machine, and who waits for its
    /// own jump host must not stand in the same line.
    struct Route: Hashable, Sendable {
        let address: String
        let port: Port
        let jumps: [Destination]

        init(_ endpoint: SSHEndpoint) {
            (address, port, jumps) = (endpoint.address, endpoint.port, endpoint.jumps)
        }
    }

    private struct Line {
        var inside = 0
        var width = HandshakeGate.widest
        var waiting: [Turn<Void>] = []
        var isForgotten: Bool { inside == 0 && waiting.isEmpty && width == HandshakeGate.widest }
    }

    private let lines = Mutex<[Route: Line]>([:])

    /// - Throws: no-answer or cancelled when the turn does not come, and what the body throws.
    func pass<Value: Sendable>(
        _ route: Route, until deadline: Deadline, _ body: @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await enter(route, until: deadline)
        defer { leave(route) }
        // Those before may have given up just now, and for the same reason.
        guard !deadline.hasPassed else { throw Self.tooBusy(route) }
        do {
            let value = try await body()
            setWidth(of: route) { min($0 + 1, Self.widest) }
            return value
        } catch {
            if error.kind == .lost { setWidth(of: route) { max($0 / 2, 1) } }
            throw error
        }
    }

    private static func tooBusy(_ route: Route) -> Failure {
        Failure(
            .noAnswer, Message("\(route.address) port \(route.port) is too busy: its turn did not come in time"),
            hint: Message("is it an SSH server? Look at the port, and at the load of the host"))
    }

    private func enter(_ route: Route, until deadline: Deadline) async throws(Failure) {
        let turn = lines.withLock { lines -> Turn<Void>? in
            guard lines[route, default: Line()].inside >= lines[route, default: Line()].width else {
                lines[route, default: Line()].inside += 1
                return nil
            }
            let turn = Turn<Void>(until: deadline)
            lines[route]?.waiting.append(turn)
            return turn
        }
        guard let turn else { return }
        switch await turn.outcome() {
        case .given: return
        case .timedOut: throw Self.tooBusy(route)
        case .cancelled: throw Failure(.cancelled, Message("cancelled"))
        }
    }

    private func setWidth(of route: Route, _ change: (Int) -> Int) {
        lines.withLock { lines in
            guard let line = lines[route] else { return }
            lines[route]?.width = change(line.width)
        }
    }

    /// Those who stand in line enter, as many as the width allows.
    private func leave(_ route: Route) {
        lines.withLock { lines in
            guard var line = lines[route] else { return }
            line.inside -= 1
            while line.inside < line.width, !line.waiting.isEmpty {
                if line.waiting.removeFirst().give(()) { line.inside += 1 }
            }
            lines[route] = line.isForgotten ? nil : line
        }
    }
}
