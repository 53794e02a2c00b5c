package import FleetBase

/// What fleet knows of the hosts from before: `inventory/state.json`, committed like a lock file.
package struct InventoryState: Sendable, Hashable, Codable {
    /// By host name.
    package var hosts: [String: HostState]

    package init(hosts: [String: HostState] = [:]) { self.hosts = hosts }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        hosts = try values.decodeIfPresent([String: HostState].self, forKey: .hosts) ?? [:]
    }

    /// The state of a host; setting it to nil forgets the host.
    package subscript(host: HostName) -> HostState? {
        get { hosts[host.text] }
        set { hosts[host.text] = newValue }
    }
}

/// What one host had when it was last seen.
package struct HostState: Sendable, Hashable, Codable {
    package var facts: [String: JSONValue]
    /// The methods it can run, best first.
    package var methods: [String]
    /// By package name.
    package var packages: [String: PackageState]
    package var seen: Timestamp?
    /// The fingerprint of the pinned host key: `SHA256:…`.
    package var hostKey: String?

    package init(
        facts: [String: JSONValue] = [:], methods: [String] = [], packages: [String: PackageState] = [:],
        seen: Timestamp? = nil, hostKey: String? = nil
    ) {
        self.facts = facts
        self.methods = methods
        self.packages = packages
        self.seen = seen
        self.hostKey = hostKey
    }

    /// What a file leaves out is empty: people edit it, and older versions wrote less.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        facts = try values.decodeIfPresent([String: JSONValue].self, forKey: .facts) ?? [:]
        methods = try values.decodeIfPresent([String].self, forKey: .methods) ?? []
        packages = try values.decodeIfPresent([String: PackageState].self, forKey: .packages) ?? [:]
        seen = try values.decodeIfPresent(Timestamp.self, forKey: .seen)
        hostKey = try values.decodeIfPresent(String.self, forKey: .hostKey)
    }

    enum CodingKeys: String, CodingKey {
        case facts, methods, packages, seen
        case hostKey = "host_key"
    }
}

/// The release of a package that a host had.
package struct PackageState: Sendable, Hashable, Codable {
    package var version: String
    package var digest: String
    package var pushed: Timestamp
    /// The id of the container image that the host's engine has loaded.
    package var image: String?

    package init(version: String, digest: String, pushed: Timestamp, image: String? = nil) {
        self.version = version
        self.digest = digest
        self.pushed = pushed
        self.image = image
    }
}
