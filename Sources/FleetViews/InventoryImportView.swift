package import FleetBase
import FleetConfig
package import FleetService

/// What `fleet inventory import --json` prints.
package struct InventoryImportView: Codable, Sendable {
    /// A host that is here already, and of which the file says something else.
    package struct Different: Codable, Sendable {
        package let host: String
        package let differences: [Message]
    }

    /// A host that was added and is a machine which the inventory has under another name, too.
    package struct SameMachine: Codable, Sendable {
        package let host: String
        package let other: String
    }

    package let dryRun: Bool
    package let added: [String]
    /// Here already, and alike.
    package let present: [String]
    package let different: [Different]
    package let sameMachine: [SameMachine]
    package let notes: [Message]

    private enum CodingKeys: String, CodingKey {
        case added, present, different, notes
        case dryRun = "dry_run"
        case sameMachine = "same_machine"
    }

    package init(_ merge: HostMerge, dryRun: Bool) {
        self.dryRun = dryRun
        added = merge.added.map(\.name.text)
        present = merge.present.map(\.text)
        different = merge.different.map { Different(host: $0.host.text, differences: $0.differences) }
        sameMachine = merge.twins.map { SameMachine(host: $0.host.text, other: $0.other.text) }
        notes = merge.notes
    }
}
