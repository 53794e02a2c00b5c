import FleetBase
import FleetHosts

/// On how many hosts something is done at once.
struct Width {
    let hosts: Int

    /// - Throws: for less than one.
    init(_ hosts: Int?) throws(FleetError) {
        self.hosts = hosts ?? Fleet.width
        guard self.hosts > 0 else { throw FleetError(.usage, "a width of \(self.hosts) hosts is none: 1 at least") }
    }
}

extension Duration {
    /// The time as a limit for what runs on a host.
    ///
    /// - Throws: for no time at all.
    var limit: Duration {
        get throws(FleetError) {
            guard self > .zero else { throw FleetError(.usage, "a time limit of \(self) lets nothing run") }
            return min(self, .longest)
        }
    }
}
