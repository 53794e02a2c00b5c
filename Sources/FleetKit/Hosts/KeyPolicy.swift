import FleetService

/// Who vouches for the keys that hosts show.
public enum KeyPolicy: Sendable {
    /// Whatever key a host shows is taken: for a network in which nobody listens in.
    case trust
    /// The one host's key has this fingerprint, with or without `SHA256:` before it.
    case fingerprint(String)
    /// Somebody is asked about the keys that ssh does not know yet, all at once; when the answer is no, the operation ends
    /// as cancelled and nothing is written.
    case person(@Sendable ([HostKey]) async -> Bool)

    var approval: KeyApproval {
        switch self {
        case .trust: .trust
        case .fingerprint(let fingerprint): .fingerprint(fingerprint)
        case .person: .ask
        }
    }

    /// Who is asked; nil where nobody is.
    var approver: Approver? {
        guard case .person(let answer) = self else { return nil }
        return { question in
            switch question {
            case .hostKeys(let keys): await answer(keys.map(HostKey.init))
            case .jumpHostKey(let key): await answer([HostKey(key)])
            case .preparation, .removal, .absentHost, .keyInstallation, .twins:
                preconditionFailure("who pins keys is asked about keys")
            }
        }
    }
}

/// The key that a host shows, which nobody trusts yet.
public struct HostKey: Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// The name that known_hosts has for it, such as `[192.0.2.7]:2222`.
    public let name: String
    /// The kind of the key, such as `ssh-ed25519`.
    public let algorithm: String
    /// `SHA256:…`, to be compared with one from elsewhere.
    public let fingerprint: String

    init(_ shown: ShownKey) {
        (host, name) = (shown.host.text, shown.name)
        (algorithm, fingerprint) = (shown.algorithm, shown.fingerprint)
    }
}

/// The key by which a host is known from now on.
public struct PinnedKey: Codable, Sendable, Hashable {
    /// The kind of the key, such as `ssh-ed25519`.
    public let algorithm: String
    /// `SHA256:…`.
    public let fingerprint: String
    /// Whether nobody had pinned it before.
    public let pinned: Bool
}
