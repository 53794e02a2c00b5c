package import FleetBase
package import FleetConfig
import Synchronization

/// One line on a terminal that tells how many hosts are done and which ones are waited for.
package final class HostProgress: Sendable {
    private static let shownNames = 6

    private let waiting: Mutex<[HostName]>
    private let total: Int
    private let console: Console

    package init(_ hosts: [Host], _ console: Console) {
        waiting = Mutex(hosts.map(\.name))
        total = hosts.count
        self.console = console
        show(hosts.map(\.name))
    }

    package func finished(_ host: HostName) {
        let left = waiting.withLock { waiting in
            waiting.removeAll { $0 == host }
            return waiting
        }
        show(left)
    }

    package func end() { console.showProgress([]) }

    private func show(_ left: [HostName]) {
        guard console.isLive else { return }
        let names = left.prefix(Self.shownNames).map(\.text).joined(separator: ", ")
        let more = left.count > Self.shownNames ? " …" : ""
        let done = total - left.count
        console.showProgress(left.isEmpty ? [] : ["[\(done)/\(total)] \(names)\(more)"])
    }
}
