import FleetBase
import Synchronization

/// Limits the handshakes under way with one server: a stock sshd drops connections when more than ten are not yet
/// logged in (sshd_config(5), MaxStartups 10:30:100). A server that drops connections all the same gets fewer at once.
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

    private struct Waiter {
        let id: Int
        let continuation: CheckedContinuation<Wakeup, Never>
    }

    private struct Line {
        var inside = 0
        var width = HandshakeGate.widest
        var waiting: [Waiter] = []
        var isForgotten: Bool { inside == 0 && waiting.isEmpty && width == HandshakeGate.widest }
    }

    private struct State {
        var lines: [Route: Line] = [:]
        var lastID = 0
    }

    private let state = Mutex(State())

    /// - Throws: time-out or cancelled when the turn does not come, and what the body throws.
    func pass<Value: Sendable>(
        _ route: Route, until deadline: Deadline, _ body: @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let wakeup = await enter(route, until: deadline)
        defer { if wakeup == .ready { handOver(route) } }
        guard wakeup != .cancelled else { throw Failure(.cancelled, Message("cancelled")) }
        // Those before may have given up just now, and for the same reason.
        guard wakeup == .ready, !deadline.hasPassed else {
            throw Failure(
                .timeOut, Message("\(route.address) port \(route.port) is too busy: its turn did not come in time"),
                hint: Message("is it an SSH server? Look at the port, and at the load of the host"))
        }
        do {
            return try await body()
        } catch {
            if error.kind == .lost { narrow(route) }
            throw error
        }
    }

    private func enter(_ route: Route, until deadline: Deadline) async -> Wakeup {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        if takePlace(route) { return .ready }
        let timer = Task {
            try await Task.sleep(until: deadline.instant)
            give(.timedOut, to: id, route)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock {
                    $0.lines[route, default: Line()].waiting.append(Waiter(id: id, continuation: continuation))
                }
                // Somebody may have left, or the end may have come, before the waiter stood in line.
                if Task.isCancelled { give(.cancelled, to: id, route) }
                if deadline.hasPassed { give(.timedOut, to: id, route) }
                if takePlace(route) { handOver(route) }
            }
        } onCancel: {
            give(.cancelled, to: id, route)
        }
    }

    private func takePlace(_ route: Route) -> Bool {
        state.withLock { state in
            guard state.lines[route, default: Line()].inside < state.lines[route, default: Line()].width else {
                return false
            }
            state.lines[route, default: Line()].inside += 1
            return true
        }
    }

    private func give(_ wakeup: Wakeup, to id: Int, _ route: Route) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.lines[route]?.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            return state.lines[route]?.waiting.remove(at: index)
        }
        waiter?.continuation.resume(returning: wakeup)
    }

    private func narrow(_ route: Route) {
        state.withLock { state in
            guard let line = state.lines[route] else { return }
            state.lines[route]?.width = max(1, line.width / 2)
        }
    }

    /// The next one in line takes the place; without one, or where the line has become narrower, it is free again.
    private func handOver(_ route: Route) {
        let next = state.withLock { state -> Waiter? in
            guard var line = state.lines[route] else { return nil }
            defer { state.lines[route] = line.isForgotten ? nil : line }
            guard line.waiting.isEmpty || line.inside > line.width else { return line.waiting.removeFirst() }
            line.inside -= 1
            return nil
        }
        next?.continuation.resume(returning: .ready)
    }
}
