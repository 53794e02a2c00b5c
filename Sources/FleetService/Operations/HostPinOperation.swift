package import FleetBase
package import FleetConfig
import FleetEvents
import FleetHosts

/// Writes down the keys by which hosts are known from now on.
package struct HostPinOperation: Operation {
    package static let name = "host pin"

    package var hosts: HostSelector
    package var approval: KeyApproval
    /// Whether the new key may take the place of the pinned one.
    package var replaces = false

    package init(_ hosts: HostSelector, _ approval: KeyApproval = .ask) {
        (self.hosts, self.approval) = (hosts, approval)
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try chosen(context)
    }

    package func perform(in context: OperationContext) async throws -> [HostOutcome<PinnedKey>] {
        let (hosts, inventory) = (try chosen(context), context.inventory)
        let pinning = HostKeyPinning(context: context, approval: approval, replaces: replaces)
        let jumps = try await pinning.pinWays(to: hosts.map(inventory.destination))
        try await remember(jumps.filter { inventory[$0.host] != nil }.map { ($0.host, $0.key.fingerprint) }, context)
        let fetched = await context.fleet.onEach(of: hosts) { host throws(Failure) in
            try await pinning.fetch(inventory.destination(of: host))
        }
        let outcomes = try await pinning.keeping(jumps.map(\.host)) { try await pinning.pin(fetched) }
        try await remember(outcomes.compactMap { one in one.value.map { (one.host, $0.fingerprint) } }, context)
        return outcomes
    }

    /// The hosts meant that have a key at all.
    private func chosen(_ context: OperationContext) throws -> [Host] {
        let hosts = try hosts.select(from: context.inventory)
        for host in hosts where host.transport == .local {
            context.events.tell(.remark(Message("\(host.name) is this machine and has no key")))
        }
        let remote = hosts.filter { $0.transport == .ssh }
        guard case .fingerprint = approval, remote.count > 1 else { return remote }
        throw ServiceError(Message("--fingerprint is for one host alone"))
    }

    private func remember(_ keys: [(host: HostName, fingerprint: String)], _ context: OperationContext) async throws {
        try await context.service.nameKnownHosts(of: keys.map(\.host))
        for (host, fingerprint) in keys {
            try await context.project.remember(host) { known in
                known = known ?? HostState()
                known?.hostKey = fingerprint
            }
        }
    }
}
