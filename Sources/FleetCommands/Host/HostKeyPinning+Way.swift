import FleetBase
import FleetConfig
import FleetSSH

extension HostKeyPinning {
    /// The jump hosts of an inventory whose keys were pinned on the way to others.
    typealias Pinned = [(host: HostName, key: HostKey)]

    /// Pins the keys of the jump hosts on the ways to some hosts, the nearest first, where nothing is known of them yet:
    /// without them no host behind shows its key.
    ///
    /// A jump host that can't be called is left to the host behind it, which then fails with the reason.
    func pinWays(to destinations: [Destination]) async throws -> Pinned {
        var pinned: Pinned = []
        var seen: Set<String> = []
        for destination in destinations { try await pinWay(to: destination, &pinned, &seen) }
        return pinned
    }

    private func pinWay(to destination: Destination, _ pinned: inout Pinned, _ seen: inout Set<String>) async throws {
        let target = destination.reading(knownHosts: project.knownHostsFile)
        guard let jump = transport.endpoint(for: target).lastJump else { return }
        let endpoint = transport.endpoint(for: jump)
        // Once each; a jump host that leads to itself ends here too.
        guard seen.insert("\(endpoint.user)@\(endpoint.lookupName)").inserted else { return }
        try await pinWay(to: jump, &pinned, &seen)
        // Who is not written down under a name of his own is known by the file of the host behind him.
        guard let key = try await pinJump(jump), jump.host != destination.host else { return }
        pinned.append((jump.host, key))
    }

    /// - Returns: its key, if it was pinned just now.
    private func pinJump(_ jump: Destination) async throws -> HostKey? {
        let transport = newTransport()
        let fetched: ShownKey?
        do {
            fetched = try await fetch(jump, transport)
        } catch {
            fetched = nil
        }
        await transport.close()
        guard let shown = fetched, verdict(on: shown.key, shown.endpoint) == .unknown else { return nil }
        announce(shown)
        guard options.yes || terminal.isThere else {
            let name = jump.host
            throw Failure(
                .hostKey, Message("nobody is there to approve the key of \(shown.endpoint.lookupName)"),
                hint: Message("it is on the way; pin it first: fleet host pin \(name)"))
        }
        if !options.yes, await !terminal.confirm(Message("Is this the jump host's fingerprint?")) {
            console.note(Message("nothing was changed"))
            throw Ended(code: .cancelled)
        }
        try await write([shown])
        return shown.key
    }
}
