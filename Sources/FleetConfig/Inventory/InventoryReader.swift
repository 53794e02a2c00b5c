import FleetBase

/// Turns the tree of `hosts.yaml` into hosts: a host's own key wins, then its groups' in the order of the file, then
/// the defaults.
struct InventoryReader {
    let paths: PathBase

    func inventory(from root: YAMLNode) throws(ConfigError) -> Inventory {
        let section = try YAMLSection(root, keys: Self.keys)
        let entries = try section["hosts"]?.entries() ?? []
        let defaults = try settings(section["defaults"])
        let groups = try groups(section["groups"], hostNames: Set(entries.map(\.key)))
        var hosts: [Host] = []
        for entry in entries { hosts.append(try host(entry, groups: groups, defaults: defaults)) }
        try JumpGraph.requireNoCycle(among: hosts)
        return Inventory(
            hosts: hosts,
            groups: groups.definitions.map { group in
                HostGroup(
                    name: group.name,
                    hosts: hosts.map(\.name).filter { groups.members[group.name]?.contains($0.text) == true })
            },
            signingKey: try section["signing_key"]?.string(),
            keepEvents: try section["keep_events"].map { node throws(ConfigError) in try EventRetention(node) }
                ?? EventRetention(),
            eventSinks: try EventSink.list(section["events"], paths: paths))
    }

    private func settings(_ node: YAMLNode?) throws(ConfigError) -> HostSettings? {
        guard let node else { return nil }
        return try HostSettings(YAMLSection(node, keys: HostSettings.keys), paths: paths)
    }

    private func groups(_ node: YAMLNode?, hostNames: Set<String>) throws(ConfigError) -> GroupTree {
        var definitions: [GroupDefinition] = []
        for entry in try node?.entries() ?? [] {
            try entry.requireIdentifier(Message("a group"))
            definitions.append(try GroupDefinition(entry, hostNames: hostNames, paths: paths))
        }
        return try GroupTree(definitions)
    }

    private func host(
        _ entry: YAMLNode.Entry, groups: GroupTree, defaults: HostSettings?
    ) throws(ConfigError) -> Host {
        let place = SourcePlace(file: entry.value.file, mark: entry.keyStart)
        try entry.requireIdentifier(Message("a host"))
        var settings = try HostSettings(YAMLSection(entry.value, keys: HostSettings.keys), paths: paths)
        let ownJump = settings.jump
        let memberships = groups.definitions.filter { groups.members[$0.name]?.contains(entry.key) == true }
        for group in memberships { settings.inherit(group.settings) }
        if let defaults { settings.inherit(defaults) }
        // A jump host shares the defaults of those behind it, so what it inherits may name itself.
        if settings.jump == "none" || (ownJump == nil && settings.jump == entry.key) { settings.jump = nil }
        let host = try Host(entry.key, settings, groups: memberships.map(\.name), place: place)
        guard host.transport == .ssh || host.isThisMachine else {
            throw ConfigError(
                .invalidValue, at: place,
                Message("\"transport: local\" is this machine, but the address is \(host.address)"),
                hint: Message("leave transport out, or set the address to localhost"))
        }
        return host
    }
}

extension Host {
    fileprivate init(
        _ name: String, _ settings: HostSettings, groups: [String], place: SourcePlace
    ) throws(ConfigError) {
        self.name = try ConfigError.at(place) { () throws(ValueError) in try HostName(name) }
        address = settings.address ?? name
        user = settings.user
        port = settings.port
        key = settings.key
        knownHosts = settings.knownHosts ?? []
        jump = settings.jump
        root = settings.root
        slots = settings.slots
        tags = settings.tags
        self.groups = groups
        transport = settings.transport ?? .ssh
        connectTimeout = settings.connectTimeout
        requireSigned = settings.requireSigned ?? false
        self.place = place
    }

    fileprivate var isThisMachine: Bool { ["localhost", "127.0.0.1", "::1"].contains(address) }
}
