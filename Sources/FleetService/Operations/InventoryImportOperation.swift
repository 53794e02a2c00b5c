import FleetBase
package import FleetConfig

/// Adds the hosts of another tool's file that are not in the inventory yet.
package struct InventoryImportOperation: Operation {
    package static let name = "inventory import"
    package static let needsInventory = false

    /// An absolute path.
    package var file: String
    /// The path as errors name it.
    package var shownFile: String
    /// Found out when nil.
    package var kind: ImportKind?
    package var dryRun = false

    package init(_ file: String, shownAs shownFile: String, kind: ImportKind? = nil) {
        (self.file, self.shownFile, self.kind) = (file, shownFile, kind)
    }

    package func perform(in context: OperationContext) async throws -> HostMerge {
        let (file, shownFile, kind) = (file, shownFile, kind)
        let found = try await ThreadExecutor.disk.run { () throws(ConfigError) in
            try HostImport(file: file, shownAs: shownFile, kind: kind)
        }
        guard dryRun else {
            return try await context.service.updateHosts { editor throws(ConfigError) in
                try HostMerge(found, into: &editor)
            }
        }
        var editor = try await context.service.hostsFile()
        return try HostMerge(found, into: &editor)
    }
}
