import FleetBase
import FleetConfig
import FleetLedger
import Synchronization

/// The inventory, read again when its file has changed.
final class InventoryFile: Sendable {
    private struct Known {
        var stamp: FileStamp?
        var inventory: Inventory?
    }

    private let project: Project
    private let file: String?
    private let home: String
    private let known = Mutex(Known())

    init(_ project: Project, file: String?, home: String) {
        (self.project, self.file, self.home) = (project, file, home)
    }

    func read() throws(ConfigError) -> Inventory {
        // Looked at first: what changes while it is read is read again the next time.
        let stamp = FileStamp(file ?? project.hostsFile)
        if let stamp, let inventory = known.withLock({ $0.stamp == stamp ? $0.inventory : nil }) { return inventory }
        let inventory = try project.inventory(home: home, file: file)
        known.withLock { ($0.stamp, $0.inventory) = (stamp, inventory) }
        return inventory
    }

    /// How much of the feed is kept; the usual where the file can't be read now.
    var feedRetention: Ledger.FeedRetention {
        guard let kept = try? read().keepEvents else { return .standard }
        return Ledger.FeedRetention(age: kept.age, count: kept.count)
    }
}
