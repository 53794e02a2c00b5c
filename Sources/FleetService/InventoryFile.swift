import FleetBase
import FleetConfig
import Glibc
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
}

/// What changes when a file does.
struct FileStamp: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil when there is none.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (device, number, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
}
