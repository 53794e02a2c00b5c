package import FleetBase
import Synchronization

/// One line on a terminal that tells how many hosts are done and which ones are waited for.
package final class HostProgress: Sendable {
    private static let shownNames = 6

    private let waiting: Mutex<[String]>
    private let total: Int
    private let console: Console

    /// - Parameter hosts: the names of those that are waited for.
    package init(_ hosts: [String], _ console: Console) {
        waiting = Mutex(hosts)
        total = hosts.count
        self.console = console
        show(hosts)
    }

    package func finished(_ host: HostName) {
        let left = waiting.withLock { waiting in
            waiting.removeAll { $0 == host.text }
            return waiting
        }
        show(left)
    }

    package func end() { console.showProgress([]) }

    private func show(_ left: [String]) {
        guard console.isLive else { return }
        let names = left.prefix(Self.shownNames).joined(separator: ", ")
        let more = left.count > Self.shownNames ? " …" : ""
        let done = total - left.count
        console.showProgress(left.isEmpty ? [] : ["[\(done)/\(total)] \(names)\(more)"])
    }
}
