import FleetBase
import FleetConfig
import FleetSSH
import FleetTerminal

/// Makes a host's key known to the project: fetched, shown, approved, written into `inventory/known_hosts`.
struct HostKeyPinning: Sendable {
    private static let fetching = Duration.seconds(15)

    enum Outcome: Sendable, Equatable {
        /// It was in the file before.
        case present(HostKey)
        case pinned(HostKey)

        var isNew: Bool { self == .pinned(key) }

        var key: HostKey {
            switch self {
            case .present(let key), .pinned(let key): key
            }
        }
    }

    let project: Project
    let console: Console
    let terminal: Terminal
    let transport: SSHTransport
    /// A transport reads known_hosts once: the hosts on the way are called with others, as they are pinned one by one.
    let newTransport: @Sendable () -> SSHTransport
    let options: PinOptions
    /// Whether another key may give way.
    var replaces = false

    /// The key that a host shows, which nobody trusts yet.
    struct ShownKey: Sendable {
        let endpoint: SSHEndpoint
        let key: HostKey
    }

    func pin(_ destination: Destination) async throws -> Outcome {
        let shown = try await fetch(destination)
        announce(shown)
        guard try !isPinned(shown) else { return .present(shown.key) }
        try await approve(shown.key, shown.endpoint)
        try await write([shown])
        return .pinned(shown.key)
    }

    func fetch(_ destination: Destination) async throws(Failure) -> ShownKey {
        try await fetch(destination, transport)
    }

    func fetch(_ destination: Destination, _ transport: SSHTransport) async throws(Failure) -> ShownKey {
        // The inventory may not name the project's file yet, in which the hosts on the way were just pinned.
        let destination = destination.reading(knownHosts: project.knownHostsFile)
        let endpoint = transport.endpoint(for: destination)
        let key = try await transport.hostKey(
            of: destination, deadline: .after(endpoint.connectTimeout ?? Self.fetching))
        return ShownKey(endpoint: endpoint, key: key)
    }

    func announce(_ shown: ShownKey) {
        let (name, key) = (shown.endpoint.lookupName, shown.key)
        console.note(Message("\(name) shows the key \(key.algorithm) \(key.fingerprint)"))
    }

    /// - Throws: when the key is not the one that it has to be.
    func isPinned(_ shown: ShownKey) throws -> Bool {
        try refuseWrongFingerprint(shown.key)
        let pins = PinnedKeys(try project.knownHosts(), file: project.shown(project.knownHostsFile))
        let known = pins.keys(for: shown.endpoint)
        if known.contains(where: { $0.key == shown.key }) { return true }
        try refuseChange(of: shown.key, known, shown.endpoint)
        return false
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

    private func refuseWrongFingerprint(_ key: HostKey) throws(Failure) {
        guard let wanted = options.fingerprint else { return }
        let isSame = wanted == key.fingerprint || "SHA256:\(wanted)" == key.fingerprint
        guard !isSame else { return }
        throw Failure(
            .hostKey, Message("the host's fingerprint is \(key.fingerprint), not \(wanted)"),
            hint: Message("do not trust it before you know why: look on the host itself with ssh-keygen -l"))
    }

    private func refuseChange(
        of key: HostKey, _ known: [(key: HostKey, place: String)], _ endpoint: SSHEndpoint
    ) throws(Failure) {
        let (name, host) = (endpoint.lookupName, endpoint.host)
        if let other = known.first, !replaces {
            throw Failure(
                .hostKey,
                Message(
                    "\(name) has another key than the pinned one: \(other.key.algorithm) \(other.key.fingerprint) in \(other.place)"
                ),
                hint: Message("somebody may listen in. If the host was set up anew: fleet host pin \(host) --replace"))
        }
        switch verdict(on: key, endpoint) {
        case .revoked(let place):
            throw Failure(
                .hostKey, Message("the host key of \(name) is revoked by \(place)"),
                hint: Message("do not connect before the host has a new key"))
        case .changed(let place) where !place.hasPrefix(project.knownHostsFile + ":"):
            let file = place.split(separator: ":").dropLast().joined(separator: ":")
            throw Failure(
                .hostKey, Message("\(name) has another key than the one in \(place)"),
                hint: Message(
                    "somebody may listen in. If the host was set up anew: ssh-keygen -R \(ShellWord(name).rendered) -f \(file)"
                ))
        case .trusted, .unknown, .changed, .otherKind, .needsCertificate: break
        }
    }

    func verdict(on key: HostKey, _ endpoint: SSHEndpoint) -> KnownHosts.Verdict {
        KnownHosts(files: endpoint.knownHostsFiles).verdict(on: key, for: endpoint.keyName, port: endpoint.port)
    }

    private func approve(_ key: HostKey, _ endpoint: SSHEndpoint) async throws {
        if options.yes || options.fingerprint != nil { return }
        if verdict(on: key, endpoint) == .trusted {
            return console.note(Message("ssh knows this key already"))
        }
        guard terminal.isThere else {
            throw Failure(
                .hostKey, Message("nobody is there to approve the key of \(endpoint.lookupName)"),
                hint: Message("compare it, then give --fingerprint \(key.fingerprint)"))
        }
        guard await terminal.confirm(Message("Is this the host's fingerprint?")) else {
            console.note(Message("nothing was changed"))
            throw Ended(code: .cancelled)
        }
    }
}
