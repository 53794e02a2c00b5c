import FleetConfig
import FleetReleases

/// What the hosts of one operation share on the master.
struct RunStores: Sendable {
    /// Found for the pushes that a run makes.
    let deltas: DeltaStore
    let results: ResultDisk

    init(_ project: Project) {
        (deltas, results) = (DeltaStore(project), ResultDisk(project.workFolder))
    }
}
