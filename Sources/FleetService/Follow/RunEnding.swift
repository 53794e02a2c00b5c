import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns

/// Sees whether a run goes on.
struct RunEnding {
    /// How long what was written last may be on its way once the run has ended.
    private static let lag = Duration.seconds(5)

    private let run: RunID
    private let project: Project
    private var deadline: Deadline?
    /// Whether nobody works on the run.
    private(set) var isFree = false

    init(_ run: RunID, _ project: Project) { (self.run, self.project) = (run, project) }

    /// - Returns: whether nothing more is waited for.
    mutating func look(_ ledger: Ledger) async throws(LedgerError) -> Bool {
        // The lock first: who lets it go has written the run's end down before.
        isFree = !RunLock.isHeld(run, in: project)
        if isFree, deadline == nil, try await ledger.run(run.text).state != .running { deadline = .after(Self.lag) }
        return isFree && deadline?.hasPassed ?? false
    }
}
