package import FleetBase
package import FleetConfig

/// What an import changes.
package struct HostMerge: Sendable {
    package private(set) var added: [HostDraft] = []
    /// Here already, alike.
    package private(set) var present: [HostName] = []
    /// Here already, and the file says something else.
    package private(set) var different: [(host: HostName, differences: [Message])] = []
    package let notes: [Message]
    /// Those of the added ones that the inventory has already under other names.
    package internal(set) var twins: [Twin] = []

    init(_ found: HostImport, into editor: inout HostsFileEditor) throws(ConfigError) {
        notes = found.notes
        let inventory = try editor.inventory
        for draft in found.hosts {
            guard let host = inventory[draft.name] else {
                try editor.add(draft)
                added.append(draft)
                continue
            }
            let differences = draft.differences(from: host)
            if differences.isEmpty { present.append(host.name) } else { different.append((host.name, differences)) }
        }
    }
}

extension HostDraft {
    /// What the draft says otherwise; what it leaves open agrees with everything.
    fileprivate func differences(from host: Host) -> [Message] {
        let pairs: [(key: String, here: String?, there: String?)] = [
            ("address", host.address, address), ("user", host.user, user),
            ("port", host.port?.description, port?.description), ("jump", host.jump, jump),
        ]
        return pairs.compactMap { pair in
            guard let there = pair.there, there != pair.here else { return nil }
            let here = pair.here ?? "–"
            return Message("\(pair.key) is \(here) here and \(there) in the file")
        }
    }
}
