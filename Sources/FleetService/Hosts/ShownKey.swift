package import FleetBase
import FleetSSH

/// The key that a host shows, which nobody trusts yet.
package struct ShownKey: Sendable, Hashable {
    let endpoint: SSHEndpoint
    let key: HostKey
    /// The pinned key that gives way to it, and where that one stands.
    var replaced: Replaced?

    struct Replaced: Hashable {
        let key: HostKey
        let place: String
    }

    package var host: HostName { endpoint.host }
    /// As known_hosts names the host.
    package var name: String { endpoint.lookupName }
    package var algorithm: String { key.algorithm }
    package var fingerprint: String { key.fingerprint }
    /// As known_hosts has it.
    var encoded: String { Base64.encode(key.blob) }

    /// For a person, who compares the fingerprint with one from elsewhere.
    package var sentence: Message { Message("\(name) shows the key \(algorithm) \(fingerprint)") }

    /// What a person has to know before another key gives way to it.
    package var warning: Message? {
        guard let replaced else { return nil }
        let (old, place) = (replaced.key, replaced.place)
        return Message(
            "the pinned key of \(name) is another one: \(old.algorithm) \(old.fingerprint) in \(place). Somebody may listen in, unless the host was set up anew"
        )
    }

    /// What the files that ssh and fleet read say of the key.
    var verdict: KnownHosts.Verdict {
        KnownHosts(files: endpoint.knownHostsFiles).verdict(on: key, for: endpoint.keyName, port: endpoint.port)
    }
}

/// The key by which a host is known from now on.
package struct PinnedKey: Sendable, Hashable {
    package let algorithm: String
    package let fingerprint: String
    /// Nobody had pinned it before.
    package let isNew: Bool
}

/// Who vouches for the keys that hosts show.
package enum KeyApproval: Sendable, Hashable, Codable {
    /// A person is asked.
    case ask
    /// Whatever key a host shows is taken.
    case trust
    /// The host's key has this fingerprint.
    case fingerprint(String)
}
