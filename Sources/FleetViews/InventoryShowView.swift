package import FleetBase
package import FleetConfig
package import FleetService

/// What `fleet inventory show --json` prints.
package struct InventoryShowView: Codable, Sendable {
    package struct Setting: Codable, Sendable {
        package let key: String
        package let value: String
        /// The group it is inherited from; null for the host's own and for the defaults.
        @OrNull package var group: String?
        package let place: String
    }

    package let name: String
    package let place: String
    package let groups: [String]
    package let tags: [String]
    package let settings: [Setting]
    package let connection: ConnectionView
    /// As state.json has it; null when the host was not seen yet.
    @OrNull package var state: HostState?

    package init(_ answer: HostQuery.Answer) {
        let host = answer.host.host
        (name, place) = (host.name.text, host.place.description)
        (groups, tags) = (host.groups, host.tags)
        settings = answer.settings.map { setting in
            Setting(key: setting.key, value: setting.text, group: setting.group, place: setting.place.description)
        }
        connection = ConnectionView(answer.host.connection)
        _state = OrNull(wrappedValue: answer.host.state)
    }
}

/// What a connection would use; only the transport of this machine, which is reached without SSH.
package enum ConnectionView: Codable, Sendable {
    package struct SSH: Codable, Sendable {
        package let transport: String
        package let user: String
        package let address: String
        package let port: Int
        package let knownHostsName: String
        package let keys: [String]
        package let knownHosts: [String]
        /// The socket of the agent; null for none.
        @OrNull package var agent: String?
        /// The addresses of the hosts to go through.
        package let jumps: [String]

        private enum CodingKeys: String, CodingKey {
            case transport, user, address, port, keys, agent, jumps
            case knownHostsName = "known_hosts_name"
            case knownHosts = "known_hosts"
        }
    }

    case ssh(SSH)
    case local

    private enum CodingKeys: String, CodingKey { case transport }

    init(_ connection: HostConnection?) {
        self =
            connection.map { connection in
                .ssh(
                    SSH(
                        transport: "ssh", user: connection.user, address: connection.address,
                        port: Int(connection.port.number), knownHostsName: connection.knownHostsName,
                        keys: connection.keys, knownHosts: connection.knownHosts, agent: connection.agent,
                        jumps: connection.jumps))
            } ?? .local
    }

    package init(from decoder: any Decoder) throws {
        let transport = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .transport)
        self = transport == "local" ? .local : .ssh(try SSH(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .ssh(let connection): try connection.encode(to: encoder)
        case .local:
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("local", forKey: .transport)
        }
    }
}
