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

    package let dryRun: Bool
    package let added: [String]
    /// Here already, and alike.
    package let present: [String]
    package let different: [Different]
    package let notes: [Message]

    private enum CodingKeys: String, CodingKey {
        case added, present, different, notes
        case dryRun = "dry_run"
    }

    package init(_ merge: HostMerge, dryRun: Bool) {
        self.dryRun = dryRun
        added = merge.added.map(\.name.text)
        present = merge.present.map(\.text)
        different = merge.different.map { Different(host: $0.host.text, differences: $0.differences) }
        notes = merge.notes
    }
}
