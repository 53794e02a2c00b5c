import FleetBase
package import FleetConfig
import FleetEvents
package import FleetHosts
import FleetSSH

/// Adds a host to the inventory: pins its key, logs in, looks around, and writes it down. Nothing is written when the login
/// fails.
package struct HostAddOperation: Operation {
    package static let name = "host add"
    package static let needsInventory = false

    package var draft: HostDraft
    package var approval: KeyApproval
    /// Whether the host is called before it is written down.
    package var isCalled = true

    /// What becomes of a host that takes none of the keys but would take a password.
    package var passwords = PasswordLogin.never
    /// Whether the inventory may have the machine under another name already.
    package var takesTwins = false

    package init(_ draft: HostDraft, _ approval: KeyApproval = .ask) { (self.draft, self.approval) = (draft, approval) }

    package struct Result: Sendable {
        /// As it was written down.
        package let draft: HostDraft
        /// Nil when the host was not called.
        package let key: PinnedKey?
        package let facts: Facts?
        /// Whether a key was installed there.
        package var isKeyInstalled = false
        /// The other names that the inventory has for the machine.
        package var twins: [Twin] = []
    }

    package func validate() throws(ServiceError) {
        try Self.check(slots: draft.slots)
        if let address = draft.address, !Endpoint.isWholeAddress(address) {
            throw ServiceError(Message("\"\(address)\" is not a name or an IP address"))
        }
        if let user = draft.user, !Endpoint.isUser(user) {
            throw ServiceError(Message("\"\(user)\" can not be a user's name"))
        }
    }

    package static func check(slots: Int?) throws(ServiceError) {
        guard slots.map(Host.slotRange.contains) ?? true else {
            throw ServiceError(Message("a host has 1 to \(Host.slotRange.upperBound) slots"))
        }
    }

    package func checkNames(in context: OperationContext) async throws {
        if let key = draft.key { try await checkKey(key, context) }
        var editor = try await context.service.hostsFile()
        try editor.add(draft)
        _ = try editor.inventory
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let draft = draft
        if let key = draft.key { try await checkKey(key, context) }
        guard isCalled else {
            try await context.service.updateHosts { editor throws(ConfigError) in try editor.add(draft) }
            return Result(draft: draft, key: nil, facts: nil)
        }
        let jumps = try await pinWay(context)
        let before = try await context.service.hostsFile()
        func inventory(_ key: String?) throws -> Inventory {
            var editor = before
            try editor.add(self.draft.reached(by: key))
            for name in [draft.name] + jumps { try editor.nameKnownHosts(of: name, in: context.project) }
            return try editor.inventory
        }
        let visit = HostVisit(context: context, approval: approval, passwords: passwords, takesTwins: takesTwins)
        let found = try await HostKeyPinning(context: context, approval: approval).keeping(jumps) {
            try await visit.visit(draft.name, inventory)
        }
        let written = draft.reached(by: found.installed.map(context.service.shownBelowHome))
        try await context.service.updateHosts { [project = context.project] editor throws(ConfigError) in
            try editor.add(written)
            try editor.nameKnownHosts(of: written.name, in: project)
        }
        try await remember(found.key, found.facts, context.project)
        return Result(
            draft: written, key: found.key, facts: found.facts, isKeyInstalled: found.installed != nil,
            twins: found.twins)
    }

    /// What is no key helps nobody in, and no file but a key is to be read for its public half.
    private func checkKey(_ key: String, _ context: OperationContext) async throws {
        let path = PathBase(folder: context.project.folder, home: context.service.home).resolve(key)
        let makesKey = passwords.isWanted
        let problem = await ThreadExecutor.disk.run {
            makesKey && !LoginKey.isThere(path) ? nil : LoginKey.problem(of: path)
        }
        if let problem { throw problem }
    }

    /// The hosts to go through keep their pins whatever becomes of the new host.
    private func pinWay(_ context: OperationContext) async throws -> [HostName] {
        var editor = try await context.service.hostsFile()
        try editor.add(draft)
        try editor.nameKnownHosts(of: draft.name, in: context.project)
        let inventory = try editor.inventory
        let pinning = HostKeyPinning(context: context, approval: approval)
        let jumps = try await pinning.pinWays(to: [inventory.destination(of: inventory.existing(draft.name))])
            .map(\.host)
        try await context.service.nameKnownHosts(of: jumps)
        return jumps
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

extension HostDraft {
    /// The same, reached by another key; nil leaves it as it is.
    fileprivate func reached(by key: String?) -> HostDraft {
        var draft = self
        draft.key = key ?? draft.key
        return draft
    }
}

extension FleetService {
    /// A path as a file that others read names it: `~/.ssh/id_ed25519`.
    func shownBelowHome(_ path: String) -> String {
        path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
    }
}
