import FleetBase

/// A mapping whose keys are known beforehand.
package struct YAMLSection: Sendable {
    package let node: YAMLNode
    package let entries: [YAMLNode.Entry]

    /// Refuses every key that is not in `keys`, naming the nearest one that is.
    package init(_ node: YAMLNode, keys: KeyList) throws(ConfigError) {
        self.node = node
        entries = try node.entries()
        for entry in entries where !keys.contains(entry.key) {
            let place = SourcePlace(file: node.file, mark: entry.keyStart)
            throw .unknownKey(entry.key, among: keys.names, at: place)
        }
    }

    /// The value of `key`, unless it is missing or empty.
    package subscript(key: String) -> YAMLNode? {
        guard let value = entries.first(where: { $0.key == key })?.value, !value.isNull else { return nil }
        return value
    }

    package func required(_ key: String) throws(ConfigError) -> YAMLNode {
        guard let value = self[key] else {
            throw ConfigError(.missing, at: node.place, Message("the key \"\(key)\" is missing"))
        }
        return value
    }
}

extension ConfigError {
    static func unknownKey(_ key: String, among keys: [String], at place: SourcePlace) -> ConfigError {
        let message =
            Similarity.nearest(to: key, among: keys).map { near in
                Message("unknown key \"\(key)\", did you mean \"\(near)\"?")
            } ?? Message("unknown key \"\(key)\"")
        return ConfigError(
            .unknownKey, at: place, message,
            hint: Message("the keys that may stand here: \(keys.joined(separator: ", "))"))
    }
}
