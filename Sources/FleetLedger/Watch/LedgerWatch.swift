import Dispatch

/// Tells when a ledger was written to, by whichever process.
///
/// SQLite writes to the file with the suffix `-wal`, which comes and goes; so the folder is watched (``FolderWatch``).
package final class LedgerWatch {
    /// What a commit may take after its last write, in seconds.
    private static let commit = 0.05
    /// A writer that stood still before its commit is looked after once more so long after its last write, in seconds.
    private static let late = 1.0

    private let watch: FolderWatch

    /// - Parameters:
    ///   - path: the ledger's file.
    ///   - changed: called on a queue of its own; several writes may be one call.
    package init(path: String, changed: @escaping @Sendable () -> Void) {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let queue = DispatchQueue(label: "fleet.ledger.watch")
        let calls = DelayedCalls(queue, by: Self.commit, and: Self.late, changed)
        watch = FolderWatch(slash.map { String(path[..<$0]) } ?? ".", on: queue) { names in
            // The bytes come before the commit, which shows in mapped memory alone.
            if names?.contains(where: { $0.hasPrefix(name) }) ?? true { calls.schedule() }
        }
    }

    /// Whether looks that come by the clock take the place of the kernel's news.
    var isPolling: Bool { watch.isPolling }

    deinit { watch.end() }
}
