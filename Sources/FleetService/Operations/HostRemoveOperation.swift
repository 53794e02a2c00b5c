package import FleetBase
import FleetConfig
import FleetHosts
import FleetRuns

/// Takes a host out of the inventory, if a person wants that, and fleet's folder on it along.
package struct HostRemoveOperation: Operation {
    package static let name = "host remove"
    package static let needsInventory = false

    package var host: HostName
    /// Whether fleet's folder on the host is removed, too.
    package var purges = false
    /// Whether a host that does not answer may go without that.
    package var forgetsAbsent = false

    package init(_ host: HostName) { self.host = host }

    package func checkNames(in context: OperationContext) async throws {
        var editor = try await context.service.hostsFile()
        try editor.remove(host)
    }

    package func perform(in context: OperationContext) async throws -> HostRemoval {
        var editor = try await context.service.hostsFile()
        let before = try editor.inventory
        try editor.remove(host)
        var removal = HostRemoval(of: host, before, try editor.inventory)
        let fleet = context.service.fleet(on: before, context.events)
        let isThere = purges ? try await look(before.existing(host), fleet, &removal, context) : false
        if isThere {
            var search = try await TwinSearch(before, context)
            removal.sharers = search.sharers(of: before.existing(host))
        }
        try await context.ask(.removal(removal))
        // Something may have begun there since.
        if isThere { removal.folder = try await fleet.removeFolder(on: before.existing(host)) }
        try await context.service.updateHosts { [host] editor throws(ConfigError) in try editor.remove(host) }
        try await context.project.remember(host) { $0 = nil }
        return removal
    }

    /// - Returns: whether there is a folder to be removed.
    private func look(
        _ host: Host, _ fleet: Fleet, _ removal: inout HostRemoval, _ context: OperationContext
    ) async throws -> Bool {
        switch try await fleet.folder(on: host) {
        case .nothing: return false
        case .folder(let folder):
            removal.folder = folder
            return true
        case .absent(let failure):
            context.events.tell(.remark(Message("\(host.name) does not answer: \(failure.message)")))
            if !forgetsAbsent { try await context.ask(.absentHost(host.name, failure)) }
            return false
        }
    }
}
