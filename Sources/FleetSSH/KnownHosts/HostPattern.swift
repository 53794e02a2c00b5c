import FleetBase

/// The first field of a known_hosts line (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).
enum HostPattern: Sendable {
    /// Names only, in lower case.
    case plain([Substring])
    /// `*`, `?` and `!`; a negated match refuses, whatever else matches.
    case wildcards([Substring])
    /// `|1|salt|hash`: HMAC-SHA1 of the name.
    case hashed(salt: [UInt8], hash: [UInt8])

    init(_ field: Substring) {
        if field.hasPrefix("|1|") {
            let parts = field.dropFirst(3).split(separator: "|")
            guard parts.count == 2, let salt = Base64.decode(parts[0]), let hash = Base64.decode(parts[1]) else {
                self = .plain([])
                return
            }
            self = .hashed(salt: salt, hash: hash)
            return
        }
        let names = field.lowercased().split(separator: ",")
        let isPlain = !field.contains { $0 == "*" || $0 == "?" || $0 == "!" }
        self = isPlain ? .plain(names) : .wildcards(names)
    }

    func matches(_ name: String) -> Bool {
        switch self {
        case .plain(let names): names.contains(Substring(name))
        case .wildcards(let patterns): Glob.matches(name, anyOf: patterns)
        case .hashed(let salt, let hash): Crypto.hmacSHA1(key: salt, Array(name.utf8)) == hash
        }
    }
}
