import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts

/// The first call on a host: its key is pinned, and taken back when the login fails or a person wants no more of it.
struct HostVisit {
    let context: OperationContext
    let approval: KeyApproval
    let passwords: PasswordLogin
    /// Whether a machine may have another name already.
    let takesTwins: Bool

    struct Found {
        let key: PinnedKey
        let facts: Facts
        /// The key's file that was installed there.
        let installed: String?
        let twins: [Twin]
    }

    /// - Parameter inventory: what the inventory would be with the host, and with the key that it is to be reached by.
    func visit(_ name: HostName, _ inventory: (_ key: String?) throws -> Inventory) async throws -> Found {
        let before = try inventory(nil)
        let destination = before.destination(of: before.existing(name))
        let pinning = HostKeyPinning(context: context, approval: approval)
        let shown = try await pinning.fetch(destination)
        let key = try await pinning.pin([HostOutcome(host: name, result: .success(shown))])[0].result.get()
        var installed: InstalledKey?
        do {
            var search = try await TwinSearch(before, context)
            var twins: [Twin] = []
            try await ask(about: search.twins(of: name, with: shown), &twins)
            let facts = try await logIn(name, before, inventory, &installed) { [search] facts in
                try await ask(about: search.twins(of: name, with: facts), &twins)
            }
            try await ask(about: search.twins(of: name, with: facts), &twins)
            for note in facts.greeting.notes { context.events.on(name).tell(.note(note)) }
            return Found(key: key, facts: facts, installed: installed?.key.path, twins: twins)
        } catch {
            // What went wrong before is what a person has to know.
            if key.isNew { try? await pinning.unpin(destination) }
            context.events.tell(.remark(Message("\(name) was not added")))
            for remark in remains(of: installed, on: name) { context.events.tell(.remark(remark)) }
            throw error is Declined && installed != nil ? Declined(leavesSomething: true) : error
        }
    }

    /// What a host that was not added keeps, and what is left of that here.
    private func remains(of installed: InstalledKey?, on name: HostName) -> [Message] {
        guard let installed else { return [] }
        let file = context.service.shownBelowHome(installed.key.path)
        return (installed.isAdded ? [Message("the key \(file) stays in ~/.ssh/authorized_keys of \(name)")] : [])
            + (installed.key.isNew ? [Message("the new private key stays here in \(file)")] : [])
    }

    /// - Parameter asked: those that were asked about before.
    private func ask(about twins: [Twin], _ asked: inout [Twin]) async throws {
        let known = Set(asked.map(\.other))
        let others = twins.filter { !known.contains($0.other) }
        if takesTwins {
            for twin in others { context.events.tell(.remark(twin.sentence)) }
        } else if !others.isEmpty {
            try await context.ask(.twins(others))
        }
        asked += others
    }

    /// - Parameters:
    ///   - installed: the key that was installed there, whatever came after that.
    ///   - look: judges what the host is before a key is installed there.
    private func logIn(
        _ name: HostName, _ inventory: Inventory, _ changed: (_ key: String?) throws -> Inventory,
        _ installed: inout InstalledKey?, look: (Facts) async throws -> Void
    ) async throws -> Facts {
        do {
            return try await probe(name, inventory)
        } catch let failure as Failure where failure.kind == .auth {
            let host = inventory.existing(name)
            let fleet = context.service.fleet(on: inventory, context.events)
            let installation = KeyInstallation(context: context, wish: passwords)
            installed = try await installation.install(on: inventory.destination(of: host)) { shell in
                try await look(try await fleet.facts(of: host, shell))
            }
            guard let key = installed?.key else { throw failure }
            do {
                return try await probe(name, try changed(key.path))
            } catch let failure as Failure where failure.kind == .auth {
                // A key with a passphrase that no agent has: the failure says so.
                guard await ThreadExecutor.disk.run({ key.canSign }) else { throw failure }
                throw Failure(
                    .auth,
                    Message(
                        "\(name) has the key \(context.service.shownBelowHome(key.path)) now, but it does not let it in"
                    ),
                    hint: Message(
                        "its sshd may read another file, or others may write to the home folder: look at its log"))
            }
        }
    }

    private func probe(_ name: HostName, _ inventory: Inventory) async throws -> Facts {
        let fleet = context.service.fleet(on: inventory, context.events)
        return try await fleet.probe([inventory.existing(name)])[0].result.get()
    }
}

extension Inventory {
    /// A host that the inventory was made with.
    func existing(_ name: HostName) -> Host {
        guard let host = self[name] else { preconditionFailure("the inventory was made with the host") }
        return host
    }
}
