import FleetConfig
import FleetService
import FleetViews

extension FleetProject {
    /// What the files say of hosts; none is called.
    public var inventory: Inventory { Inventory(project: self) }

    /// What can be asked of the inventory.
    public struct Inventory: Sendable {
        let project: FleetProject

        /// The hosts of the inventory, in its order, as the file has them now, with what is remembered of each.
        ///
        /// - Throws: for names that the inventory does not have, and when a file can't be read.
        public func hosts(_ hosts: Selection = .all) async throws(FleetError) -> [InventoryHost] {
            try await project.ask(InventoryQuery(hosts.selector)) { InventoryListView($0).hosts }
        }

        /// All that the files say of one host, and where each setting comes from.
        ///
        /// - Throws: for a name that the inventory does not have, and when a file can't be read.
        public func host(_ name: String) async throws(FleetError) -> HostDescription {
            try await project.ask(HostQuery(name)) { InventoryShowView($0) }
        }

        /// Adds the hosts of another tool's file that are not in the inventory yet.
        ///
        /// - Parameters:
        ///   - file: an absolute path.
        ///   - form: what the file is; found out when nil.
        ///   - dryRun: whether nothing is written.
        public func importHosts(
            from file: String, as form: ImportForm? = nil, dryRun: Bool = false
        ) throws(FleetError) -> FleetOperation<ImportedHosts> {
            var operation = InventoryImportOperation(
                file, shownAs: file, kind: form.flatMap { ImportKind(rawValue: $0.rawValue) })
            operation.dryRun = dryRun
            operation.takesTwins = true
            return try project.start(operation) { InventoryImportView($0, dryRun: dryRun) }
        }
    }
}

/// The files of other tools that have hosts in them.
public enum ImportForm: String, Codable, Sendable, CaseIterable {
    /// The JSON lists of workers of the systems before fleet.
    case workers
    /// An inventory of Ansible, in its INI form.
    case ansibleINI = "ansible-ini"
    /// An inventory of Ansible in YAML.
    case ansibleYAML = "ansible-yaml"
    /// A file as ssh_config(5) has it.
    case sshConfig = "ssh-config"
}

/// What an import has added.
public struct ImportedHosts: Codable, Sendable, Hashable {
    /// A host that is here already, and of which the file says something else.
    public struct Difference: Codable, Sendable, Hashable {
        /// The host's name.
        public let host: String
        /// What is different, in English.
        public let differences: [String]
    }

    /// Whether nothing was written.
    public let dryRun: Bool
    /// The names of those that were added, or would be.
    public let added: [String]
    /// The names of those that are here already, and alike.
    public let present: [String]
    /// Those that are here already, and stay as they are.
    public let different: [Difference]
    /// A host that was added and is a machine which the inventory has under another name, too.
    public struct SameMachine: Codable, Sendable, Hashable {
        /// The name of the new host.
        public let host: String
        /// The other name.
        public let other: String
    }

    /// Those that seem to be machines which the inventory has already.
    public let sameMachine: [SameMachine]
    /// What could not be taken over, in English.
    public let notes: [String]

    private enum CodingKeys: String, CodingKey {
        case added, present, different, notes
        case dryRun = "dry_run"
        case sameMachine = "same_machine"
    }
}
