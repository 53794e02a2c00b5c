import FleetConfig

/// The cursor, in memory and in its file. For one thread.
final class SinkMemory {
    private let file: SinkCursorFile
    private var saved: SinkCursor?
    private var lastSaving = ContinuousClock.now
    private var hasProgress = false

    /// The file is written no more often; what a crash loses of it is sent again.
    private static let interval = Duration.milliseconds(50)

    var cursor: SinkCursor {
        didSet { if cursor.place != oldValue.place { hasProgress = true } }
    }

    init(_ project: Project, _ broker: BrokerAddress) throws(SinkProblem) {
        file = try SinkCursorFile(project, broker)
        saved = file.read()
        cursor = saved ?? SinkCursor(broker)
        if saved == nil { try save() }
    }

    /// How long until the cursor is to be written; nil when the file has it.
    var untilSaving: Duration? { cursor == saved ? nil : lastSaving + Self.interval - .now }

    func save() throws(SinkProblem) {
        guard cursor != saved else { return }
        lastSaving = .now
        try file.write(cursor)
        saved = cursor
    }

    /// Whether the broker has acknowledged anything since this was asked last.
    func takeProgress() -> Bool {
        defer { hasProgress = false }
        return hasProgress
    }
}
