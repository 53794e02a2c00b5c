package import FleetBase

/// What came of writing down the end of an attempt.
package enum Settlement: Sendable {
    /// Its results are in their place, and the ledger has them.
    case settled
    /// Another attempt was faster, the one that is named, or this one has ended before.
    case tooLate(Attempt?)
    /// The results could not be put in their place.
    case unplaced(Failure)
}
