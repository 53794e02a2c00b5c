package import FleetBase

/// `state.json` on disk, shared by every fleet that runs in the project.
///
/// All calls block for as long as another process holds the lock; call them on `ThreadExecutor.disk`.
package struct StateStore: Sendable {
    private let file: String
    /// Beside the ledger rather than beside the file, so that git never sees it.
    private let lock: String

    package init(file: String, lock: String) {
        self.file = file
        self.lock = lock
    }

    /// The state as it is now; of a project that has none yet, an empty one.
    package func read() throws(ConfigError) -> InventoryState {
        guard TextFile.exists(file) else { return InventoryState() }
        return try StateText.decode(TextFile.read(file), file: file)
    }

    /// Reads, changes and writes the state while nobody else can.
    package func update(
        by deadline: Deadline = .after(.seconds(10)), _ change: (inout InventoryState) -> Void
    ) throws(ConfigError) {
        let lock = try FileLock(lock, deadline: deadline)
        let original = TextFile.exists(file) ? try TextFile.read(file) : nil
        var state = InventoryState()
        if let original { state = try StateText.decode(original, file: file) }
        let before = state
        change(&state)
        if state != before || original == nil {
            try TextFile.replace(file, with: StateText.encode(state, keeping: original))
        }
        // Held until here.
        _ = consume lock
    }
}
