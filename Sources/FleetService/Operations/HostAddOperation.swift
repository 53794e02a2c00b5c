import FleetBase
package import FleetConfig
import FleetEvents
package import FleetHosts

/// Adds a host to the inventory: pins its key, logs in, looks around, and writes it down. Nothing is written when the login
/// fails.
package struct HostAddOperation: Operation {
    package static let name = "host add"
    package static let needsInventory = false

    package var draft: HostDraft
    package var approval: KeyApproval
    /// Whether the host is called before it is written down.
    package var isCalled = true

    package init(_ draft: HostDraft, _ approval: KeyApproval = .ask) { (self.draft, self.approval) = (draft, approval) }

    package struct Result: Sendable {
        package let draft: HostDraft
        /// Nil when the host was not called.
        package let key: PinnedKey?
        package let facts: Facts?
    }

    package func validate() throws(ServiceError) {
        guard draft.slots.map(Host.slotRange.contains) ?? true else {
            throw ServiceError(Message("a host has 1 to \(Host.slotRange.upperBound) slots"))
        }
    }

    package func checkNames(in context: OperationContext) async throws {
        var editor = try await context.service.hostsFile()
        try editor.add(draft)
        _ = try editor.inventory
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let draft = draft
        guard isCalled else {
            try await context.service.updateHosts { editor throws(ConfigError) in try editor.add(draft) }
            return Result(draft: draft, key: nil, facts: nil)
        }
        var editor = try await context.service.hostsFile()
        try editor.add(draft)
        try editor.nameKnownHosts(of: draft.name, in: context.project)
        let jumps = try await pinWay(to: draft.name, try editor.inventory, context)
        for jump in jumps { try editor.nameKnownHosts(of: jump, in: context.project) }
        let (key, facts) = try await visit(draft.name, try editor.inventory, context)
        try await context.service.updateHosts { [project = context.project] editor throws(ConfigError) in
            try editor.add(draft)
            try editor.nameKnownHosts(of: draft.name, in: project)
        }
        try await remember(key, facts, context.project)
        return Result(draft: draft, key: key, facts: facts)
    }

    /// The hosts to go through keep their pins whatever becomes of the new host.
    private func pinWay(
        to name: HostName, _ inventory: Inventory, _ context: OperationContext
    ) async throws -> [HostName] {
        guard let host = inventory[name] else { preconditionFailure("the inventory was made with the host") }
        let pinning = HostKeyPinning(context: context, approval: approval)
        let jumps = try await pinning.pinWays(to: [inventory.destination(of: host)]).map(\.host)
        try await context.service.nameKnownHosts(of: jumps)
        return jumps
    }

    /// The first call on the host, whose pin is taken back when the login fails.
    private func visit(
        _ name: HostName, _ inventory: Inventory, _ context: OperationContext
    ) async throws -> (PinnedKey, Facts) {
        guard let host = inventory[name] else { preconditionFailure("the inventory was made with the host") }
        let destination = inventory.destination(of: host)
        let pinning = HostKeyPinning(context: context, approval: approval)
        let shown = try await pinning.fetch(destination)
        let key = try await pinning.pin([HostOutcome(host: name, result: .success(shown))])[0].result.get()
        do {
            let outcomes = await context.service.fleet(on: inventory, context.events).probe([host])
            let facts = try outcomes[0].result.get()
            for note in facts.greeting.notes { context.events.on(name).tell(.note(note)) }
            return (key, facts)
        } catch {
            if key.isNew { try await pinning.unpin(destination) }
            context.events.tell(.remark(Message("\(name) was not added")))
            throw error
        }
    }

    private func remember(_ key: PinnedKey, _ facts: Facts, _ project: Project) async throws {
        try await project.remember(draft.name) { state in
            var known = state ?? HostState()
            known.seen = .now
            known.hostKey = key.fingerprint
            known.facts = facts.stable
            known.methods = facts.methods.map(\.rawValue)
            state = known
        }
    }
}
