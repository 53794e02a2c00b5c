import FleetBase
import FleetRuns
import FleetTerminal

/// What a person should know of an outcome beside its state, in every form of output.
extension TaskOutcome {
    private static let shown = 10
    private static let namedByFailure = 3

    /// A sentence for each result that did not come home, of many for the first.
    /// A failure that names them all is enough.
    var missingNotes: [Message] {
        if failure?.kind == .incomplete, missingCount <= Self.namedByFailure { return [] }
        let notes = missing.prefix(Self.shown).map { Message("\($0.path) did not come home: \($0.reason)") }
        let more = missingCount - notes.count
        return more > 0 ? notes + [Message("\(more) more results did not come home")] : notes
    }
}
