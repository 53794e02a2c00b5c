import FleetBase

/// The first field of a known_hosts line, and the patterns of `Host` in ssh_config(5), PATTERNS.
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
        case .wildcards(let patterns): Self.matches(name, anyOf: patterns)
        case .hashed(let salt, let hash): Crypto.hmacSHA1(key: salt, Array(name.utf8)) == hash
        }
    }

    static func matches(_ name: String, anyOf patterns: [Substring]) -> Bool {
        let isRefused = patterns.contains { $0.hasPrefix("!") && glob($0.dropFirst(), name) }
        return !isRefused && patterns.contains { !$0.hasPrefix("!") && glob($0, name) }
    }

    /// `*` for any characters, `?` for one. The last star is what a mismatch goes back to, so it takes no more than the
    /// product of the lengths.
    private static func glob(_ pattern: Substring, _ name: String) -> Bool {
        let (pattern, name) = (Array(pattern.utf8), Array(name.utf8))
        var (p, n) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == name[n] || pattern[p] == UInt8(ascii: "?") {
                p += 1
                n += 1
            } else if let last = star {
                p = last.pattern + 1
                n = last.name + 1
                star = (last.pattern, n)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
