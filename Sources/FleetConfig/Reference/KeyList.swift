/// The keys that a mapping may have.
package struct KeyList: Sendable {
    /// What the mapping describes, such as "A host".
    package let title: String
    /// Its own keys, in the order in which people are told of them.
    package let keys: [ConfigKey]
    /// Keys of another list that may stand here, too.
    package let shared: [ConfigKey]

    init(_ title: String, _ keys: [ConfigKey], with other: KeyList? = nil) {
        (self.title, self.keys, shared) = (title, keys, other?.keys ?? [])
    }

    package var names: [String] { (shared + keys).map(\.name) }

    package func contains(_ name: String) -> Bool { (shared + keys).contains { $0.name == name } }

    /// The list and all that its keys hold, each once, in the order of the keys.
    package var all: [KeyList] {
        var found = [self]
        for inner in keys.compactMap(\.inner) {
            for list in inner.all where !found.contains(where: { $0.title == list.title }) { found.append(list) }
        }
        return found
    }
}
