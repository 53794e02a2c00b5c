package import FleetBase

/// A named set of hosts: the ones it lists and those of the groups it lists.
package struct HostGroup: Sendable, Hashable {
    package let name: String
    /// In inventory order.
    package let hosts: [HostName]
}

/// A group as it stands in the file.
struct GroupDefinition {
    let name: String
    let hosts: [String]
    let subgroups: [YAMLNode]
    let settings: HostSettings

    init(_ entry: YAMLNode.Entry, hostNames: Set<String>, paths: PathBase) throws(ConfigError) {
        let section = try YAMLSection(entry.value, keys: Self.keys)
        name = entry.key
        settings = try HostSettings(section, paths: paths)
        subgroups = try section["groups"]?.elements() ?? []
        var hosts: [String] = []
        for node in try section["hosts"]?.elements() ?? [] {
            let host = try node.string()
            guard hostNames.contains(host) else {
                throw .unknown(host, kind: Message("host"), among: hostNames, at: node.place)
            }
            hosts.append(host)
        }
        self.hosts = hosts
    }
}

/// All groups of a file, with the groups inside groups followed.
struct GroupTree {
    let definitions: [GroupDefinition]
    private(set) var members: [String: Set<String>] = [:]

    init(_ definitions: [GroupDefinition]) throws(ConfigError) {
        self.definitions = definitions
        for definition in definitions { _ = try resolve(definition, path: []) }
    }

    private mutating func resolve(_ group: GroupDefinition, path: [String]) throws(ConfigError) -> Set<String> {
        if let known = members[group.name] { return known }
        var hosts = Set(group.hosts)
        for node in group.subgroups {
            let name = try node.string()
            let cycle = (path + [group.name, name]).joined(separator: " → ")
            guard name != group.name, !path.contains(name) else {
                throw ConfigError(.cycle, at: node.place, Message("groups in a circle: \(cycle)"))
            }
            guard let inner = definitions.first(where: { $0.name == name }) else {
                throw .unknown(name, kind: Message("group"), among: definitions.map(\.name), at: node.place)
            }
            hosts.formUnion(try resolve(inner, path: path + [group.name]))
        }
        members[group.name] = hosts
        return hosts
    }
}

extension ConfigError {
    /// A name that is not there, with the nearest one that is.
    package static func unknown(
        _ name: String, kind: Message, among names: some Sequence<String>, at place: SourcePlace? = nil
    ) -> ConfigError {
        let problem =
            if let nearest = Similarity.nearest(to: name, among: names) {
                Message("unknown \(kind) \"\(name)\", did you mean \"\(nearest)\"?")
            } else {
                Message("unknown \(kind) \"\(name)\"")
            }
        let hint = Similarity.nearest(to: name, among: names) == nil ? known(names) : nil
        return place.map { ConfigError(.unknownName, at: $0, problem, hint: hint) }
            ?? ConfigError(.unknownName, problem, hint: hint)
    }

    /// A pattern that fits none of the names.
    static func unmatched(_ pattern: String, among names: [String]) -> ConfigError {
        ConfigError(.unknownName, Message("no host matches \"\(pattern)\""), hint: known(names))
    }

    /// The names that there are, the first ones of many.
    private static func known(_ names: some Sequence<String>) -> Message? {
        let names = Array(names)
        guard !names.isEmpty else { return nil }
        let list = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? Message("there are: \(list), …") : Message("there are: \(list)")
    }
}
