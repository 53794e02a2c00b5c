package import FleetBase
import FleetConfig

/// Takes a host out of the inventory, if a person wants that; nothing is done on the host itself.
package struct HostRemoveOperation: Operation {
    package static let name = "host remove"
    package static let needsInventory = false

    package var host: HostName

    package init(_ host: HostName) { self.host = host }

    package func checkNames(in context: OperationContext) async throws {
        var editor = try await context.service.hostsFile()
        try editor.remove(host)
    }

    package func perform(in context: OperationContext) async throws -> HostRemoval {
        var editor = try await context.service.hostsFile()
        let before = try editor.inventory
        try editor.remove(host)
        let removal = HostRemoval(of: host, before, try editor.inventory)
        try await context.ask(.removal(removal))
        try await context.service.updateHosts { [host] editor throws(ConfigError) in try editor.remove(host) }
        try await context.project.remember(host) { $0 = nil }
        return removal
    }
}
