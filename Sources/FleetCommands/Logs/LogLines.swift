import FleetBase
import FleetService
import FleetTerminal

/// The lines of a run that is followed, each behind its host and, where there are several, its task.
struct LogLines {
    private let follower: RunFollower
    private let console: Console
    private let labels: LogLabels
    /// Whether standard output is for something else.
    private let asideOnly: Bool

    init(_ follower: RunFollower, _ console: Console, asideOnly: Bool = false) {
        (self.follower, self.console, self.asideOnly) = (follower, console, asideOnly)
        labels = LogLabels(hosts: follower.inventoryHosts, tasks: follower.names.values)
    }

    /// Shows them until the run has ended, or nobody works on it any more.
    func follow() async throws {
        let (console, labels, asideOnly) = (console, labels, asideOnly)
        try await follower.follow(isBehind: { console.isBehind }) { line in
            let label = labels.label(of: line.host, line.task).padded(to: labels.width)
            let text = "\(label)  \(line.text.printable)"
            if asideOnly || line.stream == .error { console.error(line: text) } else { console.result(text) }
        }
    }
}
