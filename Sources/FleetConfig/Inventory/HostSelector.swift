import FleetBase

/// Which hosts a command is for.
package struct HostSelector: Sendable, Hashable, Codable {
    package static let all = HostSelector(isAll: true)

    private let isAll: Bool
    private let hosts: [String]
    private let groups: [String]

    /// - Parameters:
    ///   - hosts: names, patterns such as `worker-*` and `tag:gpu`, each also as a list with commas.
    ///   - groups: names of groups, each also as a list with commas.
    package init(hosts: [String], groups: [String] = []) {
        self.init(isAll: false, hosts: hosts.flatMap(Self.words), groups: groups.flatMap(Self.words))
    }

    private init(isAll: Bool, hosts: [String] = [], groups: [String] = []) {
        self.isAll = isAll
        self.hosts = hosts
        self.groups = groups
    }

    /// The hosts meant, each once, in inventory order.
    package func select(from inventory: Inventory) throws(ConfigError) -> [Host] {
        guard !isAll else { return inventory.hosts }
        var chosen: Set<String> = []
        for word in hosts { chosen.formUnion(try Self.names(matching: word, in: inventory)) }
        for name in groups { chosen.formUnion(try Self.names(inGroup: name, of: inventory)) }
        return inventory.hosts.filter { chosen.contains($0.name.text) }
    }

    /// Whether a host is meant, whatever other hosts there are.
    package func fits(_ host: Host) -> Bool {
        isAll || hosts.contains { Self.fits($0, host) } || groups.contains(where: host.groups.contains)
    }

    private static func fits(_ word: String, _ host: Host) -> Bool {
        word.hasPrefix("tag:") ? host.tags.contains(String(word.dropFirst(4))) : Glob(word).matches(host.name.text)
    }

    private static func names(matching word: String, in inventory: Inventory) throws(ConfigError) -> [String] {
        let names = inventory.hosts.map(\.name.text)
        if word.hasPrefix("tag:") { return try self.names(tagged: String(word.dropFirst(4)), in: inventory) }
        guard word.contains(where: { $0 == "*" || $0 == "?" }) else {
            guard names.contains(word) else { throw .unknown(word, kind: Message("host"), among: names) }
            return [word]
        }
        let matches = names.filter { Glob(word).matches($0) }
        guard !matches.isEmpty else { throw .unmatched(word, among: names) }
        return matches
    }

    private static func names(tagged tag: String, in inventory: Inventory) throws(ConfigError) -> [String] {
        let matches = inventory.hosts.filter { $0.tags.contains(tag) }
        guard !matches.isEmpty else {
            throw .unknown(tag, kind: Message("tag"), among: Set(inventory.hosts.flatMap(\.tags)).sorted())
        }
        return matches.map(\.name.text)
    }

    private static func names(inGroup name: String, of inventory: Inventory) throws(ConfigError) -> [String] {
        guard let group = inventory.groups.first(where: { $0.name == name }) else {
            throw .unknown(name, kind: Message("group"), among: inventory.groups.map(\.name))
        }
        return group.hosts.map(\.text)
    }

    private static func words(_ list: String) -> [String] { list.split(separator: ",").map(String.init) }
}
