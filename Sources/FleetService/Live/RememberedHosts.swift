import FleetBase
package import FleetConfig
import Synchronization

/// What state.json has, read again when the file has changed: pages are made many times between two changes.
package final class RememberedHosts: Sendable {
    private struct Known {
        let stamp: FileStamp?
        let state: InventoryState
    }

    private let store: StateStore
    private let file: String
    private let known = Mutex<Known?>(nil)

    package init(_ project: Project) { (store, file) = (project.stateStore, project.stateFile) }

    /// For a thread that may wait for a disk.
    package func read() throws(ConfigError) -> InventoryState {
        // Before the file is read: what is written meanwhile is read the next time.
        let stamp = FileStamp(file)
        if let known = known.withLock({ $0 }), known.stamp == stamp { return known.state }
        let state = try store.read()
        known.withLock { $0 = Known(stamp: stamp, state: state) }
        return state
    }
}
