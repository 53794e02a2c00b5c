import FleetBase

/// The keys that may stand at a host, in a group or in the defaults.
struct HostSettings {
    var address: String?
    var user: String?
    var port: Port?
    var key: String?
    var knownHosts: [String]?
    var jump: String?
    var root: String?
    var slots: Int?
    var tags: [String] = []
    var transport: Host.Transport?
    var connectTimeout: Duration?
    var requireSigned: Bool?

    init(_ section: YAMLSection, paths: PathBase) throws(ConfigError) {
        address = try section["address"]?.address()
        user = try section["user"]?.string()
        port = try section["port"]?.port()
        key = try section["key"]?.string()
        key = key.map(paths.resolve)
        knownHosts = try section["known_hosts"]?.strings()
        knownHosts = knownHosts?.map(paths.resolve)
        jump = try section["jump"]?.string()
        root = try section["root"]?.string()
        slots = try section["slots"]?.int(in: Host.slotRange)
        tags = try section["tags"]?.strings() ?? []
        transport = try section["transport"]?.word(Host.Transport.self)
        connectTimeout = try section["connect_timeout"]?.timeLimit()
        requireSigned = try section["require_signed"]?.bool()
    }

    /// Fills what is not set from `weaker`; tags are united.
    mutating func inherit(_ weaker: HostSettings) {
        address = address ?? weaker.address
        user = user ?? weaker.user
        port = port ?? weaker.port
        key = key ?? weaker.key
        knownHosts = knownHosts ?? weaker.knownHosts
        jump = jump ?? weaker.jump
        root = root ?? weaker.root
        slots = slots ?? weaker.slots
        tags += weaker.tags.filter { !tags.contains($0) }
        transport = transport ?? weaker.transport
        connectTimeout = connectTimeout ?? weaker.connectTimeout
        requireSigned = requireSigned ?? weaker.requireSigned
    }
}

extension YAMLNode {
    fileprivate func address() throws(ConfigError) -> String {
        let text = try string()
        guard Endpoint.isAddress(text) else {
            throw ConfigError(.invalidValue, at: place, Message("\"\(text)\" is not a name or an IP address"))
        }
        return text
    }
}
