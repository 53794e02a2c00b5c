import FleetBase
import FleetConfig
import FleetHosts

/// Hosts that come and go.
extension QueueState {
    mutating func connected(_ index: Int, _ facts: Facts) {
        let host = queue.hosts[index]
        let requests = (0..<queue.groups).map { group in queue.tasks.first { $0.group == group }?.request }
        let fits = objections.connected(index, host, facts, for: requests)
        placement.connected(
            index, slots: max(1, host.slots ?? facts.cores), memory: facts.number("memory") ?? .max, fits: fits)
    }

    mutating func absent(_ host: Int, _ failure: Failure) {
        objections.absent(host, failure)
        let isFinal = failure.kind.fault == .user || [.brokenProtocol, .noShell].contains(failure.kind)
        placement.absent(host, isFinal: isFinal, at: now)
    }
}

extension TaskQueue {
    /// How many groups of tasks there are, which need the same of a host.
    var groups: Int { (tasks.map(\.group).max() ?? -1) + 1 }
}
