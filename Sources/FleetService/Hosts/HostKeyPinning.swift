import FleetBase
import FleetConfig
import FleetEvents
import FleetSSH

/// Makes the keys of hosts known to the project: fetched, shown, approved, written into `inventory/known_hosts`.
struct HostKeyPinning: Sendable {
    private static let fetching = Duration.seconds(15)

    let context: OperationContext
    let approval: KeyApproval
    /// Whether another key may give way.
    var replaces = false

    var project: Project { context.project }
    var transport: SSHTransport { context.service.transport }

    func fetch(_ destination: Destination) async throws(Failure) -> ShownKey {
        // The inventory may not name the project's file yet, in which the hosts on the way were just pinned.
        let destination = destination.reading(knownHosts: project.knownHostsFile)
        let endpoint = transport.endpoint(for: destination)
        let key = try await transport.hostKey(
            of: destination, deadline: .after(endpoint.connectTimeout ?? Self.fetching))
        return ShownKey(endpoint: endpoint, key: key)
    }

    /// Pins keys that were fetched before: one question is asked for all of them.
    ///
    /// - Returns: in the order of `fetched`; a host that failed keeps no other from its pin.
    func pin(_ fetched: [HostOutcome<ShownKey>]) async throws -> [HostOutcome<PinnedKey>] {
        let fetched = try fetched.map { one in
            guard let shown = one.value else { return one }
            return HostOutcome(host: one.host, result: .success(try replacing(shown)))
        }
        var outcomes: [HostOutcome<PinnedKey>] = []
        for one in fetched { outcomes.append(HostOutcome(host: one.host, result: try judge(one))) }
        let new = zip(fetched, outcomes).compactMap { $1.value?.isNew == true ? $0.value : nil }
        let unknown = approval == .ask ? new.filter { $0.verdict != .trusted } : []
        if !unknown.isEmpty { try await context.ask(.hostKeys(unknown)) }
        // Those that are asked about were shown with the question.
        for shown in fetched.compactMap(\.value) where !unknown.contains(shown) {
            tell(shown.sentence)
            if let warning = shown.warning { tell(warning) }
        }
        if approval == .ask, fetched.count == 1, unknown.isEmpty, !new.isEmpty {
            tell(Message("ssh knows this key already"))
        }
        if !new.isEmpty { try await write(new) }
        return outcomes
    }

    func tell(_ remark: Message) { context.events.tell(.remark(remark)) }

    /// What will become of a host when its key is approved.
    private func judge(_ fetched: HostOutcome<ShownKey>) throws -> Result<PinnedKey, Failure> {
        switch fetched.result {
        case .failure(let failure): return .failure(failure)
        case .success(let shown):
            do {
                let isNew = try !isPinned(shown)
                return .success(
                    PinnedKey(algorithm: shown.algorithm, fingerprint: shown.fingerprint, isNew: isNew))
            } catch let failure as Failure {
                return .failure(failure)
            }
        }
    }

    /// The file is read again: the person took time to answer.
    func write(_ shown: [ShownKey]) async throws {
        try await change { [replaces] pins in
            for one in shown {
                // Two hosts may have one address.
                if pins.keys(for: one.endpoint).contains(where: { $0.key == one.key }) { continue }
                if replaces { pins.unpin(one.endpoint) }
                pins.pin(one.key, for: one.endpoint)
            }
        }
    }

    /// Takes back what ``pin(_:)`` wrote.
    func unpin(_ destination: Destination) async throws {
        let endpoint = transport.endpoint(for: destination)
        try await change { $0.unpin(endpoint) }
    }

    private func change(_ change: @escaping @Sendable (inout PinnedKeys) -> Void) async throws {
        try await ThreadExecutor.disk.run { [project] () throws(ConfigError) in
            try project.updateKnownHosts { text in
                var pins = PinnedKeys(text, file: project.knownHostsFile)
                change(&pins)
                text = pins.text
            }
        }
    }
}
