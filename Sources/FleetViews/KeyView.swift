package import FleetService

/// What `fleet keys new --json` and `fleet keys show --json` print.
package struct KeyView: Codable, Sendable {
    package let name: String
    /// Whom others know by it.
    package let identity: String
    package let fingerprint: String
    package let path: String
    /// The line for the `allowed_signers` of others.
    package let line: String

    package init(_ key: StoredKey) {
        (name, identity, fingerprint) = (key.name, key.identity, "\(key.publicKey)")
        (path, line) = (key.path, key.line)
    }
}

/// What `fleet keys --json` prints.
package struct KeysView: Codable, Sendable {
    package let keys: [KeyView]

    package init(_ keys: [StoredKey]) { self.keys = keys.map(KeyView.init) }
}
