import FleetBase
import FleetSSH

extension HostKeyPinning {
    /// Pins the keys of many hosts, which were fetched before: all are shown, then one question is asked for all.
    ///
    /// - Returns: in the order of `fetched`; a host that failed keeps no other from its pin.
    func pin(_ fetched: [HostOutcome<ShownKey>]) async throws -> [HostOutcome<Outcome>] {
        var outcomes: [HostOutcome<Outcome>] = []
        var pending: [ShownKey] = []
        for one in fetched {
            let result = try judge(one)
            outcomes.append(HostOutcome(host: one.host, result: result))
            if case .success(.pinned) = result, let shown = one.value { pending.append(shown) }
        }
        guard !pending.isEmpty else { return outcomes }
        try await approve(pending)
        try await write(pending)
        return outcomes
    }

    /// What will become of a host when its key is approved.
    private func judge(_ fetched: HostOutcome<ShownKey>) throws -> Result<Outcome, Failure> {
        switch fetched.result {
        case .failure(let failure): return .failure(failure)
        case .success(let shown):
            announce(shown)
            do {
                return .success(try isPinned(shown) ? .present(shown.key) : .pinned(shown.key))
            } catch let failure as Failure {
                return .failure(failure)
            }
        }
    }

    private func approve(_ pending: [ShownKey]) async throws {
        let unknown = pending.filter { verdict(on: $0.key, $0.endpoint) != .trusted }
        guard !options.yes, !unknown.isEmpty else { return }
        guard terminal.isThere else {
            throw Failure(
                .hostKey, Message("nobody is there to approve the keys of \(unknown.count) hosts"),
                hint: Message("compare them, then give --yes"))
        }
        guard await terminal.confirm(Message("Are these the fingerprints of the \(unknown.count) hosts?")) else {
            console.note(Message("nothing was changed"))
            throw Ended(code: .cancelled)
        }
    }
}
