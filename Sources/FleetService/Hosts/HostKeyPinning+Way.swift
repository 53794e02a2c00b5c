import FleetBase
import FleetConfig
import FleetSSH

extension HostKeyPinning {
    /// The jump hosts of an inventory whose keys were pinned on the way to others.
    typealias Pinned = [(host: HostName, key: ShownKey)]

    /// Pins the keys of the jump hosts on the ways to some hosts, the nearest first, where nothing is known of them yet:
    /// without them no host behind shows its key.
    ///
    /// A jump host that can't be called is left to the host behind it, which then fails with the reason.
    func pinWays(to destinations: [Destination]) async throws -> Pinned {
        var pinned: Pinned = []
        var seen: Set<String> = []
        do {
            for destination in destinations { try await pinWay(to: destination, &pinned, &seen) }
        } catch let declined as Declined {
            throw tellKept(pinned.map(\.host), declined)
        }
        return pinned
    }

    /// Does what comes after the way. The hosts on the way keep their pins whatever becomes of the hosts behind them.
    func keeping<Value>(_ jumps: [HostName], _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let declined as Declined {
            throw tellKept(jumps, declined)
        }
    }

    private func tellKept(_ jumps: [HostName], _ declined: Declined) -> Declined {
        for jump in jumps { tell(Message("the key of \(jump) stays pinned")) }
        return jumps.isEmpty ? declined : Declined(leavesSomething: true)
    }

    private func pinWay(to destination: Destination, _ pinned: inout Pinned, _ seen: inout Set<String>) async throws {
        let target = destination.reading(knownHosts: project.knownHostsFile)
        guard let jump = transport.endpoint(for: target).lastJump else { return }
        let endpoint = transport.endpoint(for: jump)
        // Once each; a jump host that leads to itself ends here too.
        guard seen.insert("\(endpoint.user)@\(endpoint.lookupName)").inserted else { return }
        try await pinWay(to: jump, &pinned, &seen)
        // A host without a name of its own in the inventory is known by the file of the host behind it.
        guard let key = try await pinJump(jump), jump.host != destination.host else { return }
        pinned.append((jump.host, key))
    }

    /// - Returns: its key, if it was pinned just now.
    private func pinJump(_ jump: Destination) async throws -> ShownKey? {
        guard let shown = try? await fetch(jump), shown.verdict == .unknown else { return nil }
        if approval == .trust { tell(shown.sentence) } else { try await context.ask(.jumpHostKey(shown)) }
        try await write([shown])
        return shown
    }
}
