package import FleetBase

/// A host that is about to be written into `hosts.yaml`: typed by a person or found in another tool's file.
package struct HostDraft: Sendable, Hashable, Codable {
    package let name: HostName
    /// Nil when the name is the address.
    package var address: String?
    package var user: String?
    package var port: Port?
    package var key: String?
    package var jump: String?
    package var root: String?
    package var slots: Int?
    package var tags: [String] = []
    package var transport = Host.Transport.ssh
    package var groups: [String] = []

    package init(name: HostName) { self.name = name }

    var settings: YAMLDraft {
        let texts: [(key: String, value: String?)] = [
            ("address", address), ("user", user), ("port", port?.description), ("key", key), ("jump", jump),
            ("root", root), ("slots", slots.map(String.init)),
            ("transport", transport == .ssh ? nil : transport.rawValue),
        ]
        let members = texts.compactMap { text in text.value.map { (text.key, YAMLDraft.text($0)) } }
        return .mapping(members + (tags.isEmpty ? [] : [("tags", .list(tags))]))
    }
}
