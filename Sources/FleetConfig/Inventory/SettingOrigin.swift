/// One key that counts for a host, with the place in the file that it comes from.
package struct SettingOrigin: Sendable, Hashable {
    package let key: String
    /// As it is written; a list with commas.
    package let text: String
    /// The group it is inherited from; nil for the host's own keys and for the defaults.
    package let group: String?
    package let place: SourcePlace
}

extension Project {
    /// Where the settings of a host come from: its own keys, then its groups', then the defaults'.
    package func origins(of host: Host, file: String? = nil) throws(ConfigError) -> [SettingOrigin] {
        let root = try YAMLNode(file: file ?? hostsFile, shownAs: shown(file ?? hostsFile))
        let sections: [(group: String?, node: YAMLNode?)] =
            [(nil, root["hosts"]?[host.name.text])]
            + host.groups.map { ($0, root["groups"]?[$0]) } + [(nil, root["defaults"])]
        var found: [SettingOrigin] = []
        for section in sections {
            for entry in section.node?.mapping ?? [] where HostSettings.keys.contains(entry.key) {
                // The nearest one wins, but tags are united.
                guard entry.key == "tags" || !found.contains(where: { $0.key == entry.key }) else { continue }
                let place = SourcePlace(file: entry.value.file, mark: entry.keyStart)
                found.append(
                    SettingOrigin(key: entry.key, text: entry.value.written, group: section.group, place: place))
            }
        }
        return found
    }
}

extension YAMLNode {
    fileprivate var written: String {
        switch content {
        case .scalar(let text, _): text
        case .sequence(let elements): elements.map(\.written).joined(separator: ", ")
        case .mapping(let entries): entries.map { "\($0.key): \($0.value.written)" }.joined(separator: ", ")
        }
    }
}
