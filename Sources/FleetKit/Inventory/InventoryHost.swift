/// A host of the inventory, with what is remembered of it.
public struct InventoryHost: Codable, Sendable, Hashable {
    /// A release that the host had when it was seen last.
    public struct Release: Codable, Sendable, Hashable {
        /// The version that was current.
        public let version: String
    }

    /// The host's name.
    public let name: String
    /// A name or an IP address.
    public let address: String
    /// `user@address:port` as a connection would use it; the address alone for this machine.
    public let login: String
    /// How it is reached.
    public let transport: HostTransport
    /// The groups that it belongs to.
    public let groups: [String]
    /// Words to select it by.
    public let tags: [String]
    /// How many tasks it runs at once; nil when the inventory does not say.
    public let slots: Int?
    /// When it answered last; nil when it was not seen yet.
    public let seen: FleetTime?
    /// By package.
    public let packages: [String: Release]
}

/// All that the files say of one host.
public struct HostDescription: Codable, Sendable, Hashable {
    /// A setting of the host.
    public struct Setting: Codable, Sendable, Hashable {
        /// As the inventory names it, such as `port`.
        public let key: String
        /// As the inventory has it.
        public let value: String
        /// The group it is inherited from; nil for the host's own and for the defaults.
        public let group: String?
        /// The file with the line and the column.
        public let place: String
    }

    /// The host's name.
    public let name: String
    /// Where the host stands: the file with the line and the column.
    public let place: String
    /// The groups that it belongs to.
    public let groups: [String]
    /// Words to select it by.
    public let tags: [String]
    /// Its settings, its own and the inherited ones.
    public let settings: [Setting]
    /// What a connection would use.
    public let connection: Connection
    /// What is remembered of it; nil when it was not seen yet.
    public let state: State?
}

extension HostDescription {
    /// What a connection would use.
    public enum Connection: Codable, Sendable, Hashable {
        /// The inventory's words, then those of `~/.ssh/config`.
        case ssh(SSH)
        /// The host is this machine.
        case local

        private enum Key: String, CodingKey { case transport }

        /// Reads what SSH needs, or the transport alone.
        public init(from decoder: any Decoder) throws {
            switch try decoder.container(keyedBy: Key.self).decode(HostTransport.self, forKey: .transport) {
            case .ssh: self = .ssh(try SSH(from: decoder))
            case .local: self = .local
            }
        }

        /// Writes the transport, and for SSH what it needs beside it.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            switch self {
            case .local: try container.encode(HostTransport.local, forKey: .transport)
            case .ssh(let connection):
                try container.encode(HostTransport.ssh, forKey: .transport)
                try connection.encode(to: encoder)
            }
        }
    }

    /// A connection by SSH.
    public struct SSH: Codable, Sendable, Hashable {
        /// Whom fleet logs in as.
        public let user: String
        /// A name or an IP address.
        public let address: String
        /// The port of the sshd.
        public let port: Int
        /// As known_hosts names the host.
        public let knownHostsName: String
        /// The paths of the private keys that are tried.
        public let keys: [String]
        /// The paths of the files with the keys of hosts.
        public let knownHosts: [String]
        /// The socket of the agent; nil for none.
        public let agent: String?
        /// The addresses of the hosts to go through, in that order.
        public let jumps: [String]

        private enum CodingKeys: String, CodingKey {
            case user, address, port, keys, agent, jumps
            case knownHostsName = "known_hosts_name"
            case knownHosts = "known_hosts"
        }
    }

    /// What `inventory/state.json` has of a host.
    public struct State: Codable, Sendable, Hashable {
        /// A release that the host had.
        public struct Release: Codable, Sendable, Hashable {
            /// The version that was current.
            public let version: String
            /// The SHA-256 of its manifest, as hex digits.
            public let digest: String
            /// When it was pushed last.
            public let pushed: FleetTime
            /// The id of its image in the host's container engine; nil for none.
            public let image: String?
        }

        /// What the host said of itself.
        public let facts: HostFacts
        /// What can run a package there, best first.
        public let methods: [RunMethod]
        /// By package.
        public let packages: [String: Release]
        /// When it answered last; nil when it was not seen yet.
        public let seen: FleetTime?
        /// The fingerprint of its pinned key, `SHA256:…`; nil when it has none.
        public let hostKey: String?

        private enum CodingKeys: String, CodingKey {
            case facts, methods, packages, seen
            case hostKey = "host_key"
        }
    }
}
