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
    /// Whether the inventory may have the machines under other names already.
    package var takesTwins = false

    package init(_ file: String, shownAs shownFile: String, kind: ImportKind? = nil) {
        (self.file, self.shownFile, self.kind) = (file, shownFile, kind)
    }

    package func perform(in context: OperationContext) async throws -> HostMerge {
        let (file, shownFile, kind) = (file, shownFile, kind)
        let found = try await ThreadExecutor.disk.run { () throws(ConfigError) in
            try HostImport(file: file, shownAs: shownFile, kind: kind)
        }
        var editor = try await context.service.hostsFile()
        var planned = try HostMerge(found, into: &editor)
        var search = try await TwinSearch(try editor.inventory, context)
        planned.twins = search.twins(among: planned.added.map(\.name))
        guard !dryRun else { return planned }
        if !planned.twins.isEmpty, !takesTwins { try await context.ask(.twins(planned.twins)) }
        var merge = try await context.service.updateHosts { editor throws(ConfigError) in
            try HostMerge(found, into: &editor)
        }
        merge.twins = planned.twins
        return merge
    }
}
