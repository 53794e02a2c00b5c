import Synchronization

/// Limits the handshakes under way with one address: a stock sshd drops connections when more than ten are not yet
/// logged in (sshd_config(5), MaxStartups 10:30:100).
final class HandshakeGate: Sendable {
    private static let width = 8

    private struct Line {
        var inside = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let lines = Mutex<[String: Line]>([:])

    func pass<Value: Sendable, Problem: Error>(
        _ address: String, _ body: @Sendable () async throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        await enter(address)
        defer { leave(address) }
        return try await body()
    }

    private func enter(_ address: String) async {
        await withCheckedContinuation { continuation in
            let isOpen = lines.withLock { lines in
                guard lines[address, default: Line()].inside < Self.width else {
                    lines[address]?.waiting.append(continuation)
                    return false
                }
                lines[address, default: Line()].inside += 1
                return true
            }
            if isOpen { continuation.resume() }
        }
    }

    /// The next one in line takes the place; those inside stay as many.
    private func leave(_ address: String) {
        let next = lines.withLock { lines -> CheckedContinuation<Void, Never>? in
            guard var line = lines[address] else { return nil }
            defer { lines[address] = line.inside == 0 ? nil : line }
            guard line.waiting.isEmpty else { return line.waiting.removeFirst() }
            line.inside -= 1
            return nil
        }
        next?.resume()
    }
}
