package import FleetBase
package import FleetConfig
import Synchronization

/// Container engines that were waited for in vain: an operation asks them no second time.
package final class SilentEngines: Sendable {
    private let known = Mutex<[HostName: Set<FleetConfig.Method>]>([:])

    package init() {}

    package func remember(_ engine: FleetConfig.Method, on host: HostName) {
        known.withLock { _ = $0[host, default: []].insert(engine) }
    }

    package func contains(_ engine: FleetConfig.Method, on host: HostName) -> Bool {
        known.withLock { $0[host]?.contains(engine) == true }
    }
}
